namespace WinBack.Core.Policy.Capacities;

/// <summary>What one touch takes of one capacity.</summary>
/// <param name="Pool">Name and owner, "manager_calls/anna": what goes on from period to period.</param>
/// <param name="Units">Touches (1), or micros of the currency.</param>
/// <param name="Limit">Of the period, alike.</param>
/// <param name="Start">UTC; first instant of the period.</param>
/// <param name="End">UTC; first instant of the next.</param>
public sealed record CapacityUse(string Pool, long Units, long Limit, DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>Names the units of this period: "manager_calls/anna@1780268400".</summary>
    public string Key => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Pool}@{Start.ToUnixTimeSeconds()}");

    /// <summary>When there are enough units again: as they come back, else with the next period; null when a period has too few.</summary>
    /// <param name="backTime">Null for not in this period.</param>
    internal DateTimeOffset? TimeOf(DateTimeOffset? backTime) => Units > Limit ? null : backTime < End ? backTime : End;
}
