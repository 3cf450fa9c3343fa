using WinBack.Core.Events;
using WinBack.Core.State;

namespace WinBack.Tests.State;

/// <summary>Labels are told from events, features from the state: both must mean the same by activity.</summary>
public sealed class CustomerActivityTests
{
    [Fact]
    public void Is_EveryKindOfEvent_AsTheFoldHasIt()
    {
        EventPayload[] payloads =
        [
            new UsagePayload("f", 1, 0, 0), new LoginPayload(""), new ViewedPayload("p", ""), new LoyaltyPayload(5),
            .. Enum.GetValues<BillingKind>().Select(kind => new BillingPayload(kind, 1, 1, "", "", "", null)),
            .. Enum.GetValues<CartStatus>().Select(status => new CartPayload(status, 1, 1)),
            new SupportCasePayload(false, 0), new SupportCasePayload(true, 3),
            .. Enum.GetValues<LifecycleKind>().Select(kind => new LifecyclePayload(kind, LapseReason.None, "")),
            .. Enum.GetValues<ConsentKind>().Select(kind => new ConsentPayload(Channel.Email, kind)),
            new ProfilePayload("Europe/London", "en", ValueTier.None, null, null),
            .. Enum.GetValues<OutcomeKind>().Select(kind => new OutcomePayload("", kind, Channel.Email, 1)),
        ];
        // A kind of event that is added must be added here, too.
        Assert.Equal(
            typeof(EventPayload).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(EventPayload)) && t != typeof(UnknownPayload)).ToHashSet(),
            payloads.Select(p => p.GetType()).ToHashSet());
        foreach (EventPayload payload in payloads)
        {
            var bench = new FoldBench();
            bench.Add(payload, FoldBench.Noon);
            Assert.True(
                CustomerActivity.Is(payload) == bench.State.Instants[Instant.LastActivity] is not null, $"{payload} is judged otherwise by the fold");
        }
    }
}
