using Microsoft.Extensions.Options;
using StackExchange.Redis;
using WinBack.Adapters;
using WinBack.Adapters.Kafka;
using WinBack.Adapters.Playbooks;
using WinBack.Adapters.Redis;
using WinBack.Core.Decisions;
using WinBack.Core.Features;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Responses;
using WinBack.Core.Policy.Updates;
using WinBack.Service.Customers;
using WinBack.Service.Deciding;
using WinBack.Service.Grpc.Batches;
using WinBack.Service.Grpc.Customers;
using WinBack.Service.Grpc.Budgets;
using WinBack.Service.Grpc.Evidence;
using WinBack.Service.Serving;

namespace WinBack.Service.Hosting;

/// <summary>What is made of what: options, clock, the event path, the decision path.</summary>
internal static class Composition
{
    /// <summary>A file a setting, <c>Redis__Password</c>: where container engines put secrets.</summary>
    private const string SecretsFolder = "/run/secrets";

    private static readonly TimeSpan TopicTimeout = TimeSpan.FromSeconds(10);

    internal static AllOptions AddWinBackOptions(this WebApplicationBuilder builder)
    {
        builder.Configuration.AddKeyPerFile(SecretsFolder, optional: true);
        AllOptions options = AllOptions.Read(builder.Configuration);
        builder.Services
            .AddSingleton(Options.Create(options.Service))
            .AddSingleton(Options.Create(options.Kafka))
            .AddSingleton(Options.Create(options.Fold))
            .AddSingleton(Options.Create(options.Redis))
            .AddSingleton(Options.Create(options.ModelServing))
            .AddSingleton(Options.Create(options.Deciding))
            .AddSingleton(Options.Create(options.Batches))
            .AddSingleton(Options.Create(options.Responses))
            .AddSingleton(Options.Create(options.Calibration));
        options.Redis.ClockOffset = options.Clock.StandAt - TimeProvider.System.GetUtcNow() ?? TimeSpan.Zero;
        builder.Services.AddSingleton<TimeProvider>(new ReplayClock(TimeProvider.System, options.Redis.ClockOffset));
        return options;
    }

    internal static void AddEventPath(this WebApplicationBuilder builder, AllOptions options)
    {
        builder.Services.AddSingleton<RedisConnections>();
        builder.Services.AddSingleton<IngestProgress>();
        if (options.Service.Ingests) builder.Services.AddHostedService<IngestHostedService>();
    }

    internal static void AddDecisionPath(this WebApplicationBuilder builder, AllOptions options)
    {
        if (!options.Service.Decides) return;
        IServiceCollection services = builder.Services;
        services.AddSingleton(FeatureSchema.Default);
        services.AddSingleton(_ => new PartitionCount(TopicLayout.PartitionCount(options.Kafka, TopicTimeout)));
        services.AddSingleton(p => new DecisionPipeline(FeatureSchema.Default.Hash, p.GetRequiredService<PartitionCount>().Value));
        services.AddSingleton(p => p.GetRequiredService<RedisConnections>().RequestsAsync().GetAwaiter().GetResult().GetDatabase());
        services.AddSingleton<IDecisionStore>(p => new DecisionStore(
            p.GetRequiredService<IDatabase>(), options.Redis, p.GetRequiredService<PartitionCount>().Value)
        {
            Capacities = p.GetRequiredService<CapacityTokens>(),
        });
        AddCapacities(services, options);
        services.AddSingleton(p => new CustomerReader(
            p.GetRequiredService<IDatabase>(), options.Redis, p.GetRequiredService<PartitionCount>().Value));
        AddPlaybook(services, options);
        AddModels(services, options);
        AddResponses(services, options);
        services.AddSingleton<DecisionPlaces>().AddSingleton<DecisionPlanner>().AddSingleton<LiveCases>().AddSingleton<DecisionHandler>();
        services.AddSingleton(p => new KeptDecisionReader(
            p.GetRequiredService<IDatabase>(), options.Redis, p.GetRequiredService<PartitionCount>().Value));
        services.AddSingleton<KeptCases>().AddSingleton<DecisionReplayer>();
        services.AddSingleton<CounterfactualSearch>().AddSingleton<DecisionExplanation>().AddSingleton<DecisionSimulation>();
        AddCustomers(services, options);
        services.AddSingleton(p => new BudgetResets(
            p.GetRequiredService<IDatabase>(), options.Redis, p.GetRequiredService<PartitionCount>().Value));
        services.AddSingleton<ContactBudgets>().AddSingleton<BudgetCalls>();
        services.AddSingleton<SingleDecision>().AddSingleton<DecisionBatch>().AddSingleton<DecisionStream>();
        services.AddHostedService<DecisionWarmUp>();
    }

    private static void AddCustomers(IServiceCollection services, AllOptions options)
    {
        services.AddSingleton(p => new CustomerStore(
            p.GetRequiredService<IDatabase>(), options.Redis, p.GetRequiredService<PartitionCount>().Value));
        services.AddSingleton<CustomerEventSender>().AddSingleton<CustomerRights>();
        services.AddSingleton<CustomerPages>().AddSingleton<CustomerExport>().AddSingleton<DecisionList>();
    }

    /// <summary>Playbook and models come before the warm-up, which makes decisions.</summary>
    private static void AddPlaybook(IServiceCollection services, AllOptions options)
    {
        services.AddSingleton<Live<PlaybookModel>>();
        services.AddSingleton<StagedPlaybook>();
        services.AddSingleton(p => new PlaybookRegistry(p.GetRequiredService<IDatabase>(), options.Redis.CommandTimeout));
        services.AddSingleton(new PlaybookSources(
            () => LoadPlaybook(options.Service.Playbook, options.Fold.Currency), FeatureSchema.Default.Names, options.Fold.Currency));
        services.AddSingleton<PlaybookFollower>();
        services.AddHostedService<RegistryWatch<PlaybookFollower>>();
        services.AddSingleton<Live<UpdateCatalogue>>().AddSingleton<CatalogueFollower>();
        services.AddHostedService<RegistryWatch<CatalogueFollower>>();
        AddExperiments(services, options);
    }

    private static void AddCapacities(IServiceCollection services, AllOptions options)
    {
        services.AddSingleton(p => new CapacityTokens(
            p.GetRequiredService<IDatabase>(), options.Redis, p.GetRequiredService<PartitionCount>().Value, TimeProvider.System));
        services.AddSingleton(p => new CapacityDemand(
            p.GetRequiredService<IDatabase>(), options.Redis, p.GetRequiredService<CapacityTokens>(), p.GetRequiredService<TimeProvider>()));
        services.AddHostedService<CapacityKeeper>();
    }

    private static void AddExperiments(IServiceCollection services, AllOptions options)
    {
        services.AddSingleton(p => new ExperimentRegistry(p.GetRequiredService<IDatabase>(), options.Redis.CommandTimeout));
        services.AddSingleton(p => new ExperimentCounts(
            p.GetRequiredService<IDatabase>(), p.GetRequiredService<PartitionCount>().Value, options.Redis.CommandTimeout));
        services.AddSingleton<ExperimentFollower>();
        services.AddHostedService<RegistryWatch<ExperimentFollower>>();
        services.AddHostedService<GateKeeper>();
    }

    private static void AddResponses(IServiceCollection services, AllOptions options)
    {
        services.AddSingleton(_ =>
        {
            var live = new Live<ResponseTable>();
            live.Swap(ResponseTable.Empty);
            return live;
        });
        services.AddSingleton(p => new ResponseReader(
            p.GetRequiredService<IDatabase>(), options.Redis, options.Responses, p.GetRequiredService<PartitionCount>().Value));
        services.AddHostedService<ResponseFollower>();
    }

    private static void AddModels(IServiceCollection services, AllOptions options)
    {
        services.AddSingleton<Live<ServingModels>>();
        services.AddSingleton(p => new ModelRegistry(p.GetRequiredService<IDatabase>(), options.Redis.CommandTimeout));
        services.AddSingleton(p => new ModelHealthStore(p.GetRequiredService<IDatabase>(), options.Redis.CommandTimeout));
        services.AddSingleton(p => new ModelShelf(
            p.GetRequiredService<ModelRegistry>(), options.Service.Models, FeatureSchema.Default, p.GetRequiredService<ILogger<ModelShelf>>()));
        services.AddSingleton(p => ActivatorUtilities.CreateInstance<PastVersions>(p, options.Service.Models));
        services.AddSingleton<ModelFollower>();
        services.AddSingleton<ScoreObserver>();
        services.AddSingleton<DecisionScoring>();
        services.AddHostedService<RegistryWatch<ModelFollower>>();
        services.AddHostedService(p => p.GetRequiredService<ScoreObserver>());
        services.AddHostedService<HealthReporter>();
        services.AddSingleton(p => new PredictionReader(
            p.GetRequiredService<IDatabase>(), options.Redis, options.Calibration, options.Fold.Horizon,
            p.GetRequiredService<PartitionCount>().Value));
        services.AddSingleton<LabelRules>();
        services.AddHostedService<CalibrationWatch>();
    }

    private static PlaybookModel LoadPlaybook(string file, string currency)
    {
        const string setting = $"{ServiceOptions.Section}:{nameof(ServiceOptions.Playbook)}";
        if (!File.Exists(file)) throw new SettingException($"{setting}: there is no file '{Path.GetFullPath(file)}'");
        PlaybookFileResult result = PlaybookFile.Load(file, FeatureSchema.Default.Names);
        if (result.Model is not { } playbook)
            throw new SettingException("the playbook is refused:" + string.Concat(result.Errors.Select(e => $"{Environment.NewLine}  {e}")));
        return playbook.Currency == currency
            ? playbook
            : throw new SettingException(
                $"{setting}: its amounts are in {playbook.Currency}, those of the events in {currency}: change one, or Fold:Currency");
    }
}
