using System.Globalization;

namespace WinBack.Core.Policy;

/// <summary>Numbers as answers name them.</summary>
internal static class Words
{
    internal static string Days(TimeSpan span) => Number(span.TotalDays) + " d";

    /// <summary>Four significant digits are enough to see why.</summary>
    internal static string Number(double value) => value is > 0 and < 10_000 && value == (int)value
        // Most of them are whole, and these are written five times as fast.
        ? ((int)value).ToString(CultureInfo.InvariantCulture)
        : value.ToString("G4", CultureInfo.InvariantCulture);

    internal static string Amount(double value, string currency) =>
        value.ToString("0.00", CultureInfo.InvariantCulture) + " " + currency;
}
