using StackExchange.Redis;
using WinBack.Adapters.Redis;
using WinBack.Core.Events;
using WinBack.Core.Experiments;
using WinBack.Core.Features;
using WinBack.Core.Models;
using WinBack.IntegrationTests.Service;
using WinBack.V1;
using ExperimentStage = WinBack.Core.Experiments.ExperimentStage;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace WinBack.IntegrationTests.Experiments;

/// <summary>An experiment and a scarce capacity on a running service, from the push of the playbook to the stop.</summary>
public sealed class ExperimentServingTests
{
    private const string Playbook = """
        name: tried
        currency: GBP
        unknown_consent: { email: allow }
        actions:
          - { name: mail, channel: email, content: plain, response_odds_ratio: 3 }
        capacities:
          - { name: mails, channel: email, limit: 1, period: month, zone: Europe/London }
        experiments:
          - name: subject
            hypothesis: a question brings more customers back
            salt: s1
            start: "2026-03-01"
            end: "2026-06-01"
            variants:
              - { name: control, share: 50 }
              - { name: question, share: 50, content: { mail: asked } }
        """;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly ChangeNote Note = new("test", Stores.Start, "because");

    [Fact]
    [Trait("Rule", "E1")]
    [Trait("Rule", "C6")]
    public async Task Customers_AreAssigned_Counted_Replayed_AndNoMoreWhenItStops()
    {
        await using Stores stores = await Stores.StartAsync();
        await using ConnectionMultiplexer redis = await ConnectionMultiplexer.ConnectAsync(stores.Redis.Patient);
        var registry = new PlaybookRegistry(redis.GetDatabase(), Timeout);
        string version = Adapters.Playbooks.PlaybookFile.Parse("p.yaml", Playbook, FeatureSchema.Default.Names).Model!.Version;
        await registry.PushAsync(version, Playbook, Note);
        await using RunningService service = await RunningService.StartAsync(
            [.. stores.Settings("ingest,decide"), "--Redis:CommandTimeout=00:00:30", "--ModelServing:PollInterval=00:00:00.100"]);
        await service.UntilAsync(async () => await service.HealthAsync() == ServingStatus.Serving, "the service is ready");
        await service.FoldAsync([.. Events.Orders("ann", 100, service.Now), .. Events.Orders("ben", 100, service.Now)]);

        Decision ann = await service.DecideAsync("ann", view: DecisionView.Full);
        Decision ben = await service.DecideAsync("ben", view: DecisionView.Full);
        // The only unit of the month is gone with the first.
        Assert.Equal((Decision.Types.Kind.Action, Decision.Types.Kind.NoAction), (ann.Kind, ben.Kind));
        Assert.Contains(ben.Evidence.Rejections, r => r.Stage == "capacity" && r.Rule == "C6 mails/all");
        // A preview, an explanation and a simulation know it too.
        SimulateDecisionResponse simulated = await service.Decisions.SimulateDecisionAsync(
            new SimulateDecisionRequest { CustomerId = "ben", View = DecisionView.Full });
        Assert.Contains(simulated.Decision.Evidence.Rejections, r => r.Stage == "capacity");
        foreach (Decision decision in new[] { ann, ben })
        {
            V1.ExperimentAssignment assignment = Assert.Single(decision.Experiments);
            Assert.Equal(("subject/s1", 0.5, "returned"), (assignment.Experiment, assignment.Probability, assignment.Success));
            ReplayDecisionResponse replay = await service.Decisions.ReplayDecisionAsync(
                new ReplayDecisionRequest { DecisionId = decision.DecisionId });
            Assert.True(replay.Identical, string.Join("; ", replay.Differences));
        }

        Assert.Equal(ann.Experiments[0].Variant == "control" ? "plain" : "asked", ann.Content);

        // Both have met the experiment; one comes back.
        var counts = new ExperimentCounts(redis.GetDatabase(), Stores.Partitions, Timeout);
        await service.UntilAsync(async () => await SumAsync(counts, c => c.Exposures) == 2, "both are counted");
        await service.FoldAsync(Events.Purchase("ann", ann.DecideTime.ToDateTimeOffset().AddMilliseconds(1)));
        await service.UntilAsync(async () => await SumAsync(counts, c => c.Successes) == 1, "the return is counted");

        var experiments = new ExperimentRegistry(redis.GetDatabase(), Timeout);
        await experiments.ChangeAsync(
            c => ExperimentMoves.Stop(c, new ExperimentStage("subject/s1", ExperimentStatus.Running, GateSteps.Last), Note));
        await service.UntilAsync(
            async () => (await service.DecideAsync("ben")).Experiments.Count == 0, "nobody is assigned any more");
        // What was decided before is made again as it was.
        Assert.True((await service.Decisions.ReplayDecisionAsync(new ReplayDecisionRequest { DecisionId = ann.DecisionId })).Identical);
        Assert.Equal(2, await SumAsync(counts, c => c.Exposures));

        // Whoever is erased is in no experiment any more, as far as one can tell; the counts name nobody.
        RedisKey met = new PartitionKeys(CustomerPartition.Of(new CustomerId("ann"), Stores.Partitions)).Exposures("ann");
        Assert.True(await redis.GetDatabase().KeyExistsAsync(met));
        await service.Customers.EraseCustomerAsync(new EraseCustomerRequest { CustomerId = "ann" });
        await service.UntilAsync(async () => !await redis.GetDatabase().KeyExistsAsync(met), "what ann met is forgotten");
    }

    private static async Task<long> SumAsync(ExperimentCounts counts, Func<ExposureCell, long> number) =>
        (await counts.ReadAsync()).GetValueOrDefault("subject/s1", []).Sum(number);
}
