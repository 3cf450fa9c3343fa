using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Tests.Policy;

namespace WinBack.Tests.Decisions;

public sealed class FenceTests
{
    [Fact]
    public void NothingHappened_Confirmed() =>
        Assert.Equal(ConfirmOutcome.Confirmed, Check(CustomerHistory.BoughtOnce(90), c => c));

    [Theory]
    [InlineData(ConsentKind.Withdrawn, ConfirmOutcome.ConsentWithdrawn)]
    [InlineData(ConsentKind.Complaint, ConfirmOutcome.ConsentWithdrawn)]
    [InlineData(ConsentKind.AddressBounced, ConfirmOutcome.AddressBounced)]
    [InlineData(ConsentKind.Granted, ConfirmOutcome.Confirmed)]
    public void C1_C7_PermissionOfTheChannel_Counts(ConsentKind kind, ConfirmOutcome expected)
    {
        Assert.Equal(expected, Check(CustomerHistory.BoughtOnce(90), c => c.Consent(Channel.Email, kind)));
        Assert.Equal(ConfirmOutcome.Confirmed, Check(CustomerHistory.BoughtOnce(90), c => c.Consent(Channel.Sms, kind)));
    }

    [Fact]
    public void C1_Erased_Refused() => Assert.Equal(
        ConfirmOutcome.CustomerErased, Check(CustomerHistory.BoughtOnce(90), c => c.Lifecycle(LifecycleKind.Erased, 0)));

    [Fact]
    public void C1_StateGone_FailsClosed() =>
        Assert.Equal(ConfirmOutcome.CustomerErased, Fence.Check(Decide(CustomerHistory.BoughtOnce(90)), null, CustomerHistory.Now));

    [Fact]
    public void S3_BoughtSince_Refused() =>
        Assert.Equal(ConfirmOutcome.Reengaged, Check(CustomerHistory.BoughtOnce(90), c => c.Bought(0)));

    [Fact]
    public void S3_BoughtBeforeTheDecisionButFoldedAfter_Refused() =>
        Assert.Equal(ConfirmOutcome.Reengaged, Check(CustomerHistory.BoughtOnce(90), c => c.Bought(1)));

    [Fact]
    public void S3_LookedAround_IsNoReturn() =>
        Assert.Equal(ConfirmOutcome.Confirmed, Check(CustomerHistory.BoughtOnce(90), c => c.Viewed(0)));

    [Fact]
    [Trait("Rule", "C4")]
    public void C4_WindowClosedSince_RefusedUnlessThePlaybookSaysOtherwise()
    {
        PlaybookConfig config = TestPlaybook.Config();
        config.SendWindows.ZonesWhenUnknown = ["UTC"];
        config.SendWindows.Windows = [new() { Channel = "email", From = "08:00", To = "20:00" }];
        CustomerHistory customer = CustomerHistory.BoughtOnce(90);
        DateTimeOffset closes = new(2026, 6, 1, 20, 0, 0, TimeSpan.Zero);
        Decision decision = Decide(customer, config: config);
        Assert.Equal(ConfirmOutcome.Confirmed, Fence.Check(decision, customer.State, closes.AddTicks(-1)));
        Assert.Equal(closes, Fence.HoldsUntil(decision, customer.State, CustomerHistory.Now));
        Assert.Equal(ConfirmOutcome.WindowClosed, Fence.Check(decision, customer.State, closes));
        Assert.Equal(ConfirmOutcome.Confirmed, Fence.Check(decision, customer.State, closes.AddHours(12)));

        config.SendWindows.LateConfirm = "allow";
        Assert.Equal(ConfirmOutcome.Confirmed, Fence.Check(Decide(customer, config: config), customer.State, closes));
    }

    [Fact]
    public void C5_Transactional_OnlyNeedsAnAddress()
    {
        Assert.Equal(ConfirmOutcome.Confirmed, Check(CustomerHistory.BoughtOnce(90), c => c.Bought(0), "transactional"));
        Assert.Equal(
            ConfirmOutcome.AddressBounced,
            Check(CustomerHistory.BoughtOnce(90), c => c.Consent(Channel.Email, ConsentKind.AddressBounced), "transactional"));
    }

    private static ConfirmOutcome Check(
        CustomerHistory customer, Func<CustomerHistory, CustomerHistory> happens, string category = "marketing")
    {
        Decision decision = Decide(customer, category);
        return Fence.Check(decision, happens(customer).State, CustomerHistory.Now);
    }

    private static Decision Decide(CustomerHistory customer, string category = "marketing", PlaybookConfig? config = null)
    {
        config ??= TestPlaybook.Config();
        config.Actions[0].Category = category;
        DecisionPlan plan = new DecisionPipeline("schema", 8).Plan(
            new DecisionRequest(new CustomerId("c"), new Guid(1, 0, 0, new byte[8]), []),
            CustomerSnapshot.Of(customer.Blob, CapLedger.Empty), [0, 0, 0], new Scores(0.8, 0.2, []), TestPlaybook.Model(config),
            CustomerHistory.Now);
        return DecisionPipeline.Conclude(plan, Reservation.Reserve(plan, CapLedger.Empty, CustomerHistory.Now));
    }
}
