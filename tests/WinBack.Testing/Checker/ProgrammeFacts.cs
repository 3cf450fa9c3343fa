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
    IReadOnlyDictionary<string, SequenceStep> Steps);
