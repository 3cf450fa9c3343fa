using System.Globalization;
using StackExchange.Redis;

namespace WinBack.Adapters.Redis;

/// <summary>A lease of units of a scarce capacity, as lease.lua keeps it.</summary>
/// <param name="Value">As it stands there: who changes it says what it was.</param>
/// <param name="Units">That may be spent under it.</param>
/// <param name="LookMicros">When some of them may come back, by the clock of Redis: it has expired by then.</param>
internal sealed record OpenLease(long Number, string Value, long Units, long LookMicros)
{
    internal static OpenLease Parse(string number, string value)
    {
        string[] words = value.Split(' ');
        return new OpenLease(Long(number), value, Long(words[0]), Long(words[2]));
    }

    /// <summary>Of the whole units hash; null for a field that is no lease.</summary>
    internal static OpenLease? Of(HashEntry field) =>
        (string)field.Name! is ['l', ':', .. string number] ? Parse(number, (string)field.Value!) : null;

    private static long Long(string digits) => long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
