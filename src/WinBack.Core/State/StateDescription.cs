using System.Globalization;
using System.Numerics;
using System.Text;
using WinBack.Core.Events;

namespace WinBack.Core.State;

/// <summary>A customer's state as lines that a person reads: instants, counters, facts and feature uses.</summary>
public static class StateDescription
{
    /// <returns>Name in snake_case, value, and unit ("UTC", "micros", "count", "seconds", "points"; "" for text).</returns>
    public static IReadOnlyList<(string Name, string Value, string Unit)> Of(CustomerState state)
    {
        var lines = new List<(string, string, string)>();
        if (state.IsErased)
        {
            lines.Add(("erased", "true", ""));
            return lines;
        }

        foreach (Instant instant in Enum.GetValues<Instant>())
            if (state.Instants[instant] is { } timeMs) lines.Add((SnakeCase(instant.ToString()), Time(timeMs), "UTC"));
        for (uint rest = state.Lifetime.Mask; rest != 0; rest &= rest - 1)
        {
            var counter = (TileCounter)BitOperations.TrailingZeroCount(rest);
            lines.Add(("lifetime_" + SnakeCase(counter.ToString()), Number(state.Lifetime[counter]), UnitOf(counter)));
        }

        foreach (ref readonly FactRegister register in state.Facts.Registers) lines.Add(Describe(register));
        foreach (ref readonly FeatureUse use in state.FeatureUses.Uses)
            lines.Add(($"feature_use_{use.Name}", $"{use.Uses}, last {Time(use.LastUsedMs)}", "count"));
        lines.Add(("tiles", $"{state.Hours.Count} hours, {state.Days.Count} days, {state.Weeks.Count} weeks", "count"));
        foreach (EventStream stream in EventStreams.All)
            if (state.Recent(stream) is { Count: > 0 } recent)
                lines.Add(("recent_ids_" + SnakeCase(stream.ToString()), Number(recent.Count), "count"));
        return lines;
    }

    private static (string Name, string Value, string Unit) Describe(in FactRegister register)
    {
        if (register.Fact >= Fact.AddressBase)
            return ($"address_{SnakeCase(((Channel)(register.Fact - Fact.AddressBase)).ToString())}", SnakeCase(((AddressStatus)register.Number).ToString()), "");
        if (register.Fact >= Fact.ConsentBase)
            return ($"consent_{SnakeCase(((Channel)(register.Fact - Fact.ConsentBase)).ToString())}", SnakeCase(((Consent)register.Number).ToString()), "");
        string name = SnakeCase(register.Fact.ToString());
        return register.Fact switch
        {
            < Fact.PlanPriceMicros => (name, register.Text!, ""),
            Fact.CancelReason or Fact.AnswerReason => (name, SnakeCase(((LapseReason)register.Number).ToString()), ""),
            Fact.ValueTier => (name, SnakeCase(((ValueTier)register.Number).ToString()), ""),
            Fact.CartStatus => (name, SnakeCase(((CartStatus)register.Number).ToString()), ""),
            Fact.Lifecycle => (name, SnakeCase(((LifecycleKind)register.Number).ToString()), ""),
            Fact.PlanPriceMicros or Fact.CartValueMicros => (name, Number(register.Number), "micros"),
            Fact.LoyaltyPoints or Fact.LastSatisfaction => (name, Number(register.Number), "points"),
            _ => (name, Number(register.Number), "count"),
        };
    }

    private static string UnitOf(TileCounter counter) => counter switch
    {
        TileCounter.UsageSeconds => "seconds",
        TileCounter.PurchaseMicros or TileCounter.PaymentMicros or TileCounter.RefundMicros or TileCounter.ConvertedMicros => "micros",
        _ => "count",
    };

    private static string Time(long timeMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(timeMs).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    internal static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        foreach (char c in name)
        {
            if (char.IsUpper(c) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
