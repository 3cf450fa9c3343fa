using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace WinBack.Core.Policy;

/// <summary>
/// Time zones by their IANA names. Names come from customers' events, so they are checked before the system's time zone
/// database is asked, and what it answered is remembered, also that it knows no such zone.
/// </summary>
public static partial class TimeZones
{
    /// <summary>There are some 600 zones; names that nobody can know must not fill the memory.</summary>
    private const int MostRemembered = 2_000;

    private static readonly ConcurrentDictionary<string, TimeZoneInfo?> Known = new(StringComparer.Ordinal);

    /// <param name="name">IANA name, "Europe/London".</param>
    /// <returns>Null when there is no such zone.</returns>
    public static TimeZoneInfo? Find(string? name)
    {
        if (name is null || name.Length > 64) return null;
        if (Known.TryGetValue(name, out TimeZoneInfo? known)) return known;
        TimeZoneInfo? zone = NamePattern().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? found)
            ? found
            : null;
        if (Known.Count < MostRemembered) Known.TryAdd(name, zone);
        return zone;
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}$")]
    private static partial Regex NamePattern();
}
