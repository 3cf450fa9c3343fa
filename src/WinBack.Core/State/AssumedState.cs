using System.Globalization;
using WinBack.Core.Events;

namespace WinBack.Core.State;

/// <summary>
/// Writes into a state what is assumed of it, in the form of <see cref="StateDescription"/>: for "what if" only. States
/// that are kept are changed by events alone.
/// </summary>
public static class AssumedState
{
    /// <summary>As if consent had been granted at that instant; wins over whatever stands there.</summary>
    public static void Grant(CustomerState state, Channel channel, DateTimeOffset at) =>
        Write(state, Fact.ConsentBase + (int)channel, at, (long)Consent.Granted, null);

    /// <summary>As if the address had been found reachable at that instant; wins over whatever stands there.</summary>
    public static void Reach(CustomerState state, Channel channel, DateTimeOffset at) =>
        Write(state, Fact.AddressBase + (int)channel, at, (long)AddressStatus.Reachable, null);

    /// <summary>Sets an instant or a fact by the name and in the form that <see cref="StateDescription"/> gives it.</summary>
    /// <returns>Null, or what is wrong with it and the fix.</returns>
    public static string? Set(CustomerState state, string name, string value, DateTimeOffset at)
    {
        if (TryParse(name, out Instant instant))
        {
            if (!DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
                return $"'{Short(value)}' is no time; give it like 2026-03-02T12:00:00Z";
            state.Instants.Set(instant, time.ToUnixTimeMilliseconds());
            return null;
        }

        if (ChannelOf(name, "consent_") is { } consent) return SetName<Consent>(state, Fact.ConsentBase + (int)consent, value, at);
        if (ChannelOf(name, "address_") is { } address) return SetName<AddressStatus>(state, Fact.AddressBase + (int)address, value, at);
        return TryParse(name, out Fact fact)
            ? SetFact(state, fact, value, at)
            : "is no instant or fact of a state that can be set; give what it follows from as events";
    }

    private static string? SetFact(CustomerState state, Fact fact, string value, DateTimeOffset at)
    {
        switch (fact)
        {
            case < Fact.PlanPriceMicros: Write(state, fact, at, 0, value); return null;
            case Fact.CancelReason: return SetName<LapseReason>(state, fact, value, at);
            case Fact.ValueTier: return SetName<ValueTier>(state, fact, value, at);
            case Fact.CartStatus: return SetName<CartStatus>(state, fact, value, at);
            case Fact.Lifecycle: return SetName<LifecycleKind>(state, fact, value, at);
        }

        if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
            return $"'{Short(value)}' is no whole number";
        Write(state, fact, at, number, null);
        return null;
    }

    private static string? SetName<T>(CustomerState state, Fact fact, string value, DateTimeOffset at)
        where T : struct, Enum
    {
        if (!TryParse(value, out T named))
            return $"'{Short(value)}' is none of {string.Join(", ", Enum.GetNames<T>().Select(StateDescription.SnakeCase))}";
        Write(state, fact, at, Convert.ToInt64(named, CultureInfo.InvariantCulture), null);
        return null;
    }

    private static Channel? ChannelOf(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && TryParse(name[prefix.Length..], out Channel channel) && channel != Channel.None
            ? channel
            : null;

    /// <summary>By its name in snake_case.</summary>
    private static bool TryParse<T>(string name, out T value)
        where T : struct, Enum
    {
        foreach (T member in Enum.GetValues<T>())
        {
            value = member;
            if (StateDescription.SnakeCase(member.ToString()) == name) return true;
        }

        value = default;
        return false;
    }

    private static void Write(CustomerState state, Fact fact, DateTimeOffset at, long number, string? text)
    {
        long timeMs = Math.Max(at.ToUnixTimeMilliseconds(), (state.Facts.TimeMs(fact) ?? long.MinValue) + 1);
        state.Facts.Write(new FactRegister(fact, timeMs, uint.MaxValue, number, text));
    }

    private static string Short(string value) => value.Length <= 64 ? value : value[..64] + "...";
}
