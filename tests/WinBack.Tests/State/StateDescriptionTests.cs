using WinBack.Core.Events;
using WinBack.Core.State;

namespace WinBack.Tests.State;

public sealed class StateDescriptionTests
{
    private static readonly DateTimeOffset Time = new(2011, 11, 2, 10, 11, 0, TimeSpan.Zero);

    [Fact]
    public void Of_State_NamesInstantsCountersAndFactsWithUnits()
    {
        var state = new CustomerState();
        Apply(state, new BillingPayload(BillingKind.Purchase, 139_120_000, 40, "bags", "21730", "", null));
        Apply(state, new ConsentPayload(Channel.Email, ConsentKind.Withdrawn));
        Apply(state, new ConsentPayload(Channel.DirectMessage, ConsentKind.AddressBounced));
        Apply(state, new LifecyclePayload(LifecycleKind.Cancelled, LapseReason.ProductFit, "too small"));

        IReadOnlyList<(string, string, string)> lines = StateDescription.Of(state);

        Assert.Contains(("last_purchase", "2011-11-02T10:11:00.000Z", "UTC"), lines);
        Assert.Contains(("lifetime_purchase_micros", "139120000", "micros"), lines);
        Assert.Contains(("lifetime_items_bought", "40", "count"), lines);
        Assert.Contains(("last_category_bought", "bags", ""), lines);
        Assert.Contains(("consent_email", "withdrawn", ""), lines);
        Assert.Contains(("address_direct_message", "bounced", ""), lines);
        Assert.Contains(("cancel_reason", "product_fit", ""), lines);
        Assert.Contains(("cancel_reason_text", "too small", ""), lines);
        Assert.Contains(("lifecycle", "cancelled", ""), lines);
    }

    [Fact]
    public void Of_ErasedState_SaysOnlyThat()
    {
        var state = new CustomerState();
        Apply(state, new LoginPayload("phone"));
        Apply(state, new LifecyclePayload(LifecycleKind.Erased, LapseReason.None, ""));

        Assert.Equal([("erased", "true", "")], StateDescription.Of(state));
    }

    private static void Apply(CustomerState state, EventPayload payload) =>
        CustomerFold.Apply(state, new CustomerEvent(new EventId("e"), new CustomerId("c"), Time, "test", payload));
}
