using WinBack.Adapters.Kafka;
using WinBack.Core.Decisions;
using WinBack.Core.Policy;
using WinBack.Service.Hosting.Conditions;
using WinBack.Service.Serving;

namespace WinBack.Service.Hosting;

/// <summary>What has to be so before a process of these roles is ready; docs/OPERATIONS.md, "Health".</summary>
internal static class ReadinessComposition
{
    internal static void AddReadiness(this WebApplicationBuilder builder, AllOptions options)
    {
        IServiceCollection services = builder.Services;
        TimeSpan limit = options.Redis.CommandTimeout;
        if (options.Service.Decides)
        {
            services.AddSingleton<IReadinessCondition>(p => new RedisAnswers(
                "requests", p.GetRequiredService<RedisConnections>().RequestsAsync, limit, TimeProvider.System));
            services.AddSingleton<IReadinessCondition>(p => new Loaded<ServingModels>("models", p.GetRequiredService<Live<ServingModels>>()));
            services.AddSingleton<IReadinessCondition>(p => new Loaded<PlaybookModel>("playbook", p.GetRequiredService<Live<PlaybookModel>>()));
        }

        if (options.Service.Ingests)
        {
            services.AddSingleton<IReadinessCondition>(p => new RedisAnswers(
                "events", p.GetRequiredService<RedisConnections>().EventsAsync, limit, TimeProvider.System));
            services.AddSingleton<IReadinessCondition, PartitionsAssigned>();
            services.AddSingleton<IReadinessCondition>(p => new CaughtUp(p.GetRequiredService<IngestProgress>(), options.Readiness.StartLag));
        }

        services.AddSingleton<Readiness>();
        services.AddHostedService(p => p.GetRequiredService<Readiness>());
    }
}
