using WinBack.Core.Events;
using WinBack.Core.State;
using WinBack.Tests.Policy;

namespace WinBack.Tests.State;

[Trait("Rule", "C1")]
public sealed class SuppressionTests
{
    private static readonly DateTimeOffset Time = CustomerHistory.Now;

    [Fact]
    public void Text_WrittenAndRead_IsTheSame()
    {
        Suppression suppression = Suppression.None.With([Channel.Sms, Channel.Email], Time).With([Channel.Sms], Time.AddDays(1));
        Assert.Equal([Channel.Email, Channel.Sms], suppression.Channels.Select(entry => entry.Key));
        Assert.Equal(Time.AddDays(1), suppression.Channels[1].Value);
        foreach (Suppression one in (Suppression[])[Suppression.None, suppression, suppression.WithErasure(Time)])
            Assert.Equivalent(one, Suppression.Parse(one.ToString()), strict: true);
        Assert.Throws<StateFormatException>(() => Suppression.Parse("x"));
        Assert.Throws<StateFormatException>(() => Suppression.Parse("1="));
    }

    [Theory]
    [InlineData(ConsentKind.Granted, 2, Consent.Withdrawn)]
    [InlineData(ConsentKind.Granted, 0, Consent.Withdrawn)]
    [InlineData(ConsentKind.Granted, -1, Consent.Granted)]
    [InlineData(ConsentKind.Withdrawn, -1, Consent.Withdrawn)]
    public void Applied_TheLaterOfItAndTheEventHolds(ConsentKind kind, double eventDaysBefore, Consent expected)
    {
        CustomerState state = CustomerHistory.BoughtOnce(90).Consent(Channel.Email, kind, eventDaysBefore).State;
        Suppression.None.With([Channel.Email], Time).ApplyTo(state);
        Assert.Equal(expected, state.Facts.ConsentOf(Channel.Email));
        Assert.Equal(Consent.Unknown, state.Facts.ConsentOf(Channel.Sms));
    }

    [Fact]
    public void Erased_NothingIsLeft()
    {
        CustomerState state = CustomerHistory.BoughtOnce(90).State;
        Suppression.None.WithErasure(Time).ApplyTo(state);
        Assert.True(state.IsErased);
        Assert.Equal(0, state.Lifetime[TileCounter.Purchases]);
    }
}
