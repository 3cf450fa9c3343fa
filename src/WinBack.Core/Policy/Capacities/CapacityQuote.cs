namespace WinBack.Core.Policy.Capacities;

/// <summary>What a node knew of a capacity when it decided; stored with the decision, which follows from it.</summary>
/// <param name="Key">Of <see cref="CapacityUse.Key"/>.</param>
/// <param name="Left">Units that are left of the period.</param>
/// <param name="Price">Micros of the currency that a unit must bring at least: see <see cref="OpportunityPrice"/>.</param>
public sealed record CapacityQuote(string Key, long Left, double Price)
{
    /// <summary>
    /// So many units at once were asked for in vain, and the answer to that is known: nothing, before <see cref="Returns"/>. For
    /// more than this nothing is known; the store has to be asked.
    /// </summary>
    public long AskedUnits { get; init; }

    /// <summary>What comes back of what is only reserved or leased, ascending by time, until there are <see cref="AskedUnits"/>.</summary>
    public IReadOnlyList<CapacityReturn> Returns { get; init; } = [];

    /// <summary>Whether so many units surely are not there at an instant, if nothing else happens.</summary>
    internal bool IsShortOf(long units, DateTimeOffset time) => Left < units && AskedUnits >= units && !(TimeFor(units) <= time);

    /// <summary>The first instant (UTC) at which there are so many; null when there are not in this period.</summary>
    internal DateTimeOffset? TimeFor(long units) => TimeFor(units, Left, Returns);

    /// <summary>The first instant (UTC) at which there are so many units; null when what comes back is too little.</summary>
    /// <param name="left">Before the first of them comes back.</param>
    /// <param name="returns">Ascending by time.</param>
    public static DateTimeOffset? TimeFor(long units, long left, IReadOnlyList<CapacityReturn> returns)
    {
        foreach (CapacityReturn back in returns)
            if ((left += back.Units) >= units) return back.Time;
        return null;
    }
}
