using WinBack.Core.Events;
using WinBack.Core.Features;
using WinBack.V1;

namespace WinBack.IntegrationTests.Service;

/// <summary>The roles apart, as in production: what one does while the other is away.</summary>
public sealed class RolesTests
{
    private const int Asked = 12;

    [Fact]
    public async Task IngestDown_DecisionsGoOn_AndReachTheTopicAfterwards()
    {
        await using Stores stores = await Stores.StartAsync();
        await using RunningService decide = await RunningService.StartAsync(stores.Settings("decide"));
        await using (RunningService ingest = await RunningService.StartAsync(stores.Settings("ingest")))
        {
            // The decide role shows what the ingest role folded.
            for (int i = 0; i < Asked; i += 2) await decide.FoldAsync(Events.Orders($"c{i}", lastDaysAgo: 100, decide.Now));
        }

        var decided = new List<Decision>();
        for (int i = 0; i < Asked; i++) decided.Add(await decide.DecideAsync($"c{i}", view: DecisionView.Full));
        await decide.Decisions.ConfirmDecisionAsync(new ConfirmDecisionRequest { DecisionId = decided[0].DecisionId });
        Assert.Empty(DecisionsTopic.Read(stores, 1, TimeSpan.FromSeconds(1)));
        await using RunningService again = await RunningService.StartAsync(stores.Settings("ingest"));
        var published = DecisionsTopic.Read(stores, Asked);

        Assert.Equal(
            decided.Select(d => d.DecisionId).Order(StringComparer.Ordinal),
            published.Select(p => p.Decision.DecisionId).Distinct().Order(StringComparer.Ordinal));
        foreach ((string key, int partition, Decision found) in published)
        {
            Decision expected = decided.Single(d => d.DecisionId == found.DecisionId).Clone();
            // As it was made: not the confirmation since; and the schema's hash stands for the names of the features.
            expected.Evidence.Features.Clear();
            // The topic has what it was made from, for replays; answers have not.
            Assert.Equal(found.Evidence.StateHash.Length > 0, found.Evidence.Inputs.HasState);
            found.Evidence.Inputs = null;
            Assert.Equal(expected, found);
            Assert.Equal(FeatureSchema.Default.Count, found.Evidence.FeatureValues.Count);
            Assert.Equal(found.CustomerId, key);
            Assert.Equal(CustomerPartition.Of(new CustomerId(key), Stores.Partitions), partition);
        }
    }

    [Fact]
    public async Task IngestRole_Asked_KnowsNoDecisions()
    {
        await using Stores stores = await Stores.StartAsync();
        await using RunningService ingest = await RunningService.StartAsync(stores.Settings("ingest"));

        var e = await Assert.ThrowsAsync<global::Grpc.Core.RpcException>(() => ingest.DecideAsync("c"));

        Assert.Equal(global::Grpc.Core.StatusCode.Unimplemented, e.StatusCode);
        await ingest.UntilAsync(
            async () => await ingest.HealthAsync() == global::Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus.Serving, "ingest is ready");
    }
}
