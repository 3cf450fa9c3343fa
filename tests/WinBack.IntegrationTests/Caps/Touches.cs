using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Core.State;

namespace WinBack.IntegrationTests.Caps;

/// <summary>Plans and states for the store's tests.</summary>
internal static class Touches
{
    internal static readonly CustomerId Customer = new("c1");
    internal static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    internal static readonly TimeSpan Hold = TimeSpan.FromMinutes(10);

    internal static Guid Request(int number) => new(number, 0, 0, new byte[8]);

    internal static CapUse Cap(string key, int limit, TimeSpan window) => new(key, limit, window, IsEnforced: true);

    internal static Candidate Candidate(params CapUse[] caps) => new(
        "act", Channel.Email, IsTransactional: false, "offer", "content", 1_000_000, "why", Start.AddYears(1), caps);

    internal static DecisionPlan Plan(int request, params Candidate[] ranking) => Plan(Request(request), "hash", ranking);

    internal static DecisionPlan Plan(Guid request, string hash, params Candidate[] ranking) => new(
        new DecisionId(CustomerPartition.Of(Customer, StoreBench.Partitions), request),
        hash,
        Customer,
        Start,
        ranking,
        [new Rejection("text", Channel.Sms, EligibilityStage.Permission, "A12", "consent unknown", "consent granted", null)],
        ["silent for 90 days"],
        EligibleTime: null,
        TimeSpan.FromDays(90),
        Start.AddDays(-90),
        new Scores(0.8, 0.2, ["churn@1"]),
        [KeyValuePair.Create("last_item_bought", "mug")],
        new DecisionVersions("schema", "playbook@1", "state", "seed"),
        [1, float.NaN, 3],
        Hold);

    /// <summary>The state blob of a customer who bought 90 days ago, and what came after.</summary>
    internal static byte[] State(params EventPayload[] after)
    {
        var state = new CustomerState();
        var pipeline = new EventPipeline(new FoldOptions());
        DateTimeOffset time = Start.AddDays(-90);
        EventPayload[] all = [new BillingPayload(BillingKind.Purchase, 100, 1, "", "", "", null), .. after];
        for (int i = 0; i < all.Length; i++, time = Start.AddSeconds(i))
        {
            var e = new CustomerEvent(new EventId($"e{i}"), Customer, time, "", all[i]);
            pipeline.Fold(new EventRecord(EventStream.Engagement, 0, i, time, e), state);
        }

        return new StateCodec().Encode(state).ToArray();
    }
}
