using WinBack.Core.Events;

namespace WinBack.Testing.Checker;

/// <summary>What a programme's owner promised, apart from the caps, which every decision names.</summary>
/// <param name="MostTouches">Marketing touches within <paramref name="SequenceLength"/> (rule S1).</param>
/// <param name="Rest">After a return that followed a touch (rule S4).</param>
/// <param name="Discounts">Names of offers that are discounts (rule S2).</param>
/// <param name="OpenHours">When mails may leave, by the customer's clock, every day (rule C4); null for always.</param>
/// <param name="Steps">Places of actions in named sequences.</param>
public sealed record ProgrammeFacts(
    int MostTouches,
    TimeSpan SequenceLength,
    TimeSpan Rest,
    IReadOnlySet<string> Discounts,
    (TimeSpan From, TimeSpan To)? OpenHours,
    TimeZoneInfo ZoneWhenUnknown,
    IReadOnlyDictionary<string, SequenceStep> Steps)
{
    /// <summary>By name (rules S5 to S7).</summary>
    public IReadOnlyDictionary<string, OfferFacts> Offers { get; init; } = new Dictionary<string, OfferFacts>();

    /// <summary>Actions that remind of a dated offer on the day before its last (rule S5).</summary>
    public IReadOnlySet<string> Reminders { get; init; } = new HashSet<string>();

    /// <summary>Actions that are for some tiers only (rules L3, L5).</summary>
    public IReadOnlyDictionary<string, IReadOnlySet<ValueTier>> Tiers { get; init; } = new Dictionary<string, IReadOnlySet<ValueTier>>();

    /// <summary>After so long without a sign a customer has lapsed (rule L4).</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromDays(60);

    /// <summary>After so long only advertising is left (rule L4).</summary>
    public TimeSpan MaxSilence { get; init; } = TimeSpan.FromDays(548);
}
