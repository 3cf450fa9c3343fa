using System.Globalization;

namespace WinBack.Core.Policy;

/// <summary>Numbers as answers name them.</summary>
internal static class Words
{
    internal static string Days(TimeSpan span) => Number(span.TotalDays) + " d";

    /// <summary>Four significant digits are enough to see why.</summary>
    internal static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    internal static string Amount(double value, string currency) =>
        value.ToString("0.00", CultureInfo.InvariantCulture) + " " + currency;
}
