namespace WinBack.Core.Policy;

/// <summary>
/// "Never more than <see cref="Limit"/> touches in any window of length <see cref="Window"/>" (rules C2). The window
/// slides and is half open, (t - Window, t]: a touch exactly one window after another is allowed. A minimum gap is
/// limit 1 with the gap as window. With a <see cref="Period"/> it is: never more than <see cref="Limit"/> in one day, week or
/// month of the customer's calendar, or in one sequence.
/// </summary>
/// <param name="Name">Names the cap in answers and in its stored time stamps; unique in the playbook.</param>
/// <param name="Only">The one channel, category or action concerned; null counts each of them on its own.</param>
/// <param name="Limit">Touches; at least 1.</param>
/// <param name="CountsTransactional">
/// Whether a transactional touch takes a place. It is never held back by a cap either way (rules C5).
/// </param>
/// <param name="Counts">What takes a place for good.</param>
public sealed record FrequencyCap(
    string Name,
    CapScope Scope,
    string? Only,
    int Limit,
    TimeSpan Window,
    bool CountsTransactional,
    CapPeriod Period = CapPeriod.None,
    CapUnit Counts = CapUnit.Reserved)
{
    /// <summary>The longest window a playbook may have: stores keep time stamps that long, so windows may be widened later.</summary>
    public static readonly TimeSpan LongestWindow = TimeSpan.FromDays(400);

    /// <param name="cap">Found right by the validator.</param>
    internal static FrequencyCap Of(CapConfig cap) => new(
        cap.Name,
        Parse<CapScope>(cap.Scope),
        cap.Of.Length == 0 ? null : cap.Of,
        cap.MinGap > TimeSpan.Zero ? 1 : cap.Limit,
        cap.MinGap > TimeSpan.Zero ? cap.MinGap : cap.Window,
        cap.CountsTransactional,
        cap.Period.Length == 0 ? CapPeriod.None : Parse<CapPeriod>(cap.Period),
        Parse<CapUnit>(cap.Counts));

    private static T Parse<T>(string name)
        where T : struct, Enum =>
        Names.TryParse(name, out T value) ? value : throw new InvalidOperationException($"'{name}' passed validation");

    /// <summary>How the cap concerns an action; null when it does not.</summary>
    public CapUse? UseFor(string action, string channel, ActionCategory category)
    {
        string scopeValue = Scope switch
        {
            CapScope.Channel => channel,
            CapScope.Category => Names.Of(category),
            CapScope.Action => action,
            _ => "all",
        };
        if (Only is not null && Only != scopeValue) return null;
        bool isEnforced = category != ActionCategory.Transactional;
        return isEnforced || CountsTransactional
            ? new CapUse(Name + "/" + scopeValue, Limit, Window, isEnforced, Period, Counts: Counts)
            : null;
    }
}
