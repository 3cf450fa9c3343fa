using WinBack.Core.Caps;
using WinBack.Core.Caps.Budgets;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Core.State;
using WinBack.Tests.Policy;

namespace WinBack.Tests.Caps;

[Trait("Rule", "C2")]
public sealed class ContactBudgetTests
{
    private static readonly DateTimeOffset Now = CustomerHistory.Now;

    [Fact]
    public void Of_TouchesSentAndReserved_AreUsedAndHeld()
    {
        CapLedger caps = CapLedger.Empty;
        Take(caps, Now.AddDays(-6), isConfirmed: true);
        Take(caps, Now.AddDays(-8), isConfirmed: true);
        Take(caps, Now, isConfirmed: false);
        CapBudget week = Budget(caps).Caps.Single(cap => cap.Cap.Key == "week/email");
        Assert.Equal(("week/email", 2, 1, 1, 0), (week.Cap.Key, week.Cap.Limit, week.Used, week.Reserved, week.Free));
        Assert.Equal(Now.AddMinutes(10), week.NextFreeTime);
    }

    [Fact]
    public void Of_InstantToCome_IsWhatWillBe()
    {
        CapLedger caps = CapLedger.Empty;
        Take(caps, Now.AddDays(-6), isConfirmed: true);
        Take(caps, Now, isConfirmed: true);
        Assert.Equal(Now.AddDays(1), Week(Now).NextFreeTime);
        Assert.Equal((1, 1, Now.AddDays(2)), (Week(Now.AddDays(2)).Used, Week(Now.AddDays(2)).Free, Week(Now.AddDays(2)).NextFreeTime));

        CapBudget Week(DateTimeOffset at) => Budget(caps, at).Caps.Single(cap => cap.Cap.Key == "week/email");
    }

    [Fact]
    public void Of_OtherLimit_IsWhatWouldBe()
    {
        CapLedger caps = CapLedger.Empty;
        for (int i = 0; i < 2; i++) Take(caps, Now.AddHours(i - 3), isConfirmed: true);
        CapBudget week = Budget(caps, overrides: new CapOverride("week", 5)).Caps.Single(cap => cap.Cap.Key == "week/email");
        Assert.Equal((2, 3, Now), (week.Used, week.Free, week.NextFreeTime));
    }

    [Fact]
    [Trait("Rule", "C1")]
    [Trait("Rule", "C4")]
    [Trait("Rule", "C7")]
    public void Of_Channels_SayPermissionAddressAndWindow()
    {
        CustomerHistory customer = CustomerHistory.BoughtOnce(90).Consent(Channel.Sms, ConsentKind.Granted)
            .Consent(Channel.Print, ConsentKind.Withdrawn).Consent(Channel.Email, ConsentKind.AddressBounced);
        IReadOnlyList<ChannelBudget> channels = Budget(CapLedger.Empty, Now.AddHours(10), customer).Channels;
        ChannelBudget email = Of(Channel.Email), sms = Of(Channel.Sms), print = Of(Channel.Print);
        Assert.Equal((true, AddressStatus.Bounced), (email.IsPermitted, email.Address));
        Assert.Equal((false, "08:00-20:00", Now.AddHours(20)), (email.IsOpen, email.Window, email.NextOpenTime));
        Assert.Equal((true, Consent.Granted, true, ""), (sms.IsPermitted, sms.Consent, sms.IsOpen, sms.Window));
        Assert.Equal((false, Consent.Withdrawn), (print.IsPermitted, print.Consent));

        ChannelBudget Of(Channel channel) => channels.Single(c => c.Channel == channel);
    }

    /// <summary>What the budget promises is what a reservation gets.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Of_RandomTouches_AgreeWithTheLedger(int seed)
    {
        var random = new Random(seed);
        CapLedger caps = CapLedger.Empty;
        DateTimeOffset clock = Now;
        PolicyContext context = Context(Now, CustomerHistory.BoughtOnce(90));
        ActionModel mail = context.Playbook.Actions[0];
        for (int step = 0; step < 500; step++)
        {
            clock += TimeSpan.FromMinutes(random.Next(6_000));
            context = Context(clock, CustomerHistory.BoughtOnce(90));
            IReadOnlyList<CapUse> uses = context.CapsOf(mail);
            ContactBudget budget = ContactBudget.Of(context, caps, []);
            DateTimeOffset next = budget.Caps.Where(b => uses.Any(u => u.Key == b.Cap.Key)).Max(b => b.NextFreeTime);
            Assert.Equal(caps.FreeTime(uses, clock), next);
            Assert.Equal(next <= clock, budget.Caps.Where(b => uses.Any(u => u.Key == b.Cap.Key)).All(b => b.Free > 0));
            if (next > clock) continue;
            var request = new Guid(step, 0, 0, new byte[8]);
            caps.Take(request, uses, caps.Advance(clock), TimeSpan.FromMinutes(10));
            if (random.Next(3) > 0) caps.Confirm(request, caps.Advance(clock));
        }
    }

    private static ContactBudget Budget(
        CapLedger caps, DateTimeOffset? at = null, CustomerHistory? customer = null, params CapOverride[] overrides) =>
        ContactBudget.Of(Context(at ?? Now, customer ?? CustomerHistory.BoughtOnce(90)), caps, overrides);

    private static PolicyContext Context(DateTimeOffset at, CustomerHistory customer)
    {
        PlaybookConfig config = TestPlaybook.Config(TestPlaybook.Email(), TestPlaybook.Action("letter", "print"));
        config.SendWindows.ZonesWhenUnknown = ["UTC"];
        config.SendWindows.Windows = [new() { Channel = "email", From = "08:00", To = "20:00" }];
        config.Caps =
        [
            new() { Name = "week", Scope = "channel", Limit = 2, Window = TimeSpan.FromDays(7) },
            new() { Name = "month", Scope = "overall", Limit = 4, Period = "month" },
        ];
        return new PolicyContext(
            TestPlaybook.Model(config), customer.State, [0, 0, 0], new Scores(0, 0, []), TouchHistory.None, [], at, new CustomerId("c"));
    }

    private static void Take(CapLedger caps, DateTimeOffset at, bool isConfirmed)
    {
        // In whatever order the test writes them: a ledger's clock does not go back.
        var request = new Guid(caps.StampsOf("week/email").Count + 1, 0, 0, new byte[8]);
        CapUse[] uses = [new("week/email", 2, TimeSpan.FromDays(7), true)];
        caps.Take(request, uses, CapTime.ToMicros(at), TimeSpan.FromMinutes(10));
        if (isConfirmed) caps.Confirm(request, CapTime.ToMicros(at) + 1);
    }
}
