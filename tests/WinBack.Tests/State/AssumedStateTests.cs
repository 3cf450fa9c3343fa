using WinBack.Core.Events;
using WinBack.Core.State;
using WinBack.Tests.Policy;

namespace WinBack.Tests.State;

public sealed class AssumedStateTests
{
    /// <summary>Every instant and fact that a description shows can be set from what it shows.</summary>
    [Fact]
    public void Set_FromADescription_GivesTheSameDescription()
    {
        CustomerState state = CustomerHistory.BoughtOnce(90).LoggedIn(5).Viewed(4).Profile(ValueTier.High, "tea", "Asia/Tokyo")
            .Lifecycle(LifecycleKind.Cancelled, 3, LapseReason.Price).Consent(Channel.DirectMessage, ConsentKind.Granted)
            .Consent(Channel.Email, ConsentKind.AddressBounced).State;
        string[] counted = ["lifetime_", "recent_ids_", "tiles"];
        (string Name, string Value, string Unit)[] lines = [.. StateDescription.Of(state).Where(
            line => !counted.Any(prefix => line.Name.StartsWith(prefix, StringComparison.Ordinal)))];
        var assumed = new CustomerState();
        foreach ((string name, string value, _) in lines) Assert.Null(AssumedState.Set(assumed, name, value, CustomerHistory.Now));
        Assert.Equal(lines, StateDescription.Of(assumed).Where(line => line.Name != "tiles"));
    }

    [Theory]
    [InlineData("tiles", "1", "is no instant or fact")]
    [InlineData("lifetime_purchases", "1", "is no instant or fact")]
    [InlineData("consent_none", "granted", "is no instant or fact")]
    [InlineData("consent_email", "maybe", "is none of unknown, granted, withdrawn")]
    [InlineData("last_login", "soon", "is no time")]
    [InlineData("loyalty_points", "many", "is no whole number")]
    public void Set_Wrong_SaysWhy(string name, string value, string why) =>
        Assert.Contains(why, AssumedState.Set(new CustomerState(), name, value, CustomerHistory.Now), StringComparison.Ordinal);

    [Fact]
    public void GrantAndReach_WinOverWhatStandsThere()
    {
        CustomerState state = CustomerHistory.BoughtOnce(90).Consent(Channel.Email, ConsentKind.Withdrawn, daysAgo: -1)
            .Consent(Channel.Email, ConsentKind.AddressBounced, daysAgo: -1).State;
        AssumedState.Grant(state, Channel.Email, CustomerHistory.Now);
        AssumedState.Reach(state, Channel.Email, CustomerHistory.Now);
        Assert.Equal((Consent.Granted, AddressStatus.Reachable), (state.Facts.ConsentOf(Channel.Email), state.Facts.AddressOf(Channel.Email)));
    }
}
