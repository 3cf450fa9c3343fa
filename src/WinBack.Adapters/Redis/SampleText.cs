using System.Globalization;
using StackExchange.Redis;
using WinBack.Core.Models;

namespace WinBack.Adapters.Redis;

/// <summary>
/// Samples of predictions as they are stored: "time silence c|n model@version=probability ...", times in milliseconds,
/// c where the decision was to send something.
/// </summary>
internal static class SampleText
{
    private const int FirstPrediction = 3;

    /// <summary>Of the field with the first activity; see sample.lua.</summary>
    private const string MarkEnding = "+";

    /// <summary>Name of a customer's field.</summary>
    internal static string Field(ulong customer) => customer.ToString("x16", CultureInfo.InvariantCulture);

    internal static string Write(PredictionSample sample)
    {
        string head = string.Create(
            CultureInfo.InvariantCulture,
            $"{sample.Time.ToUnixTimeMilliseconds()} {(long)sample.Silence.TotalMilliseconds} {(sample.IsContact ? 'c' : 'n')}");
        return head + string.Concat(sample.Predictions.Select(
            said => string.Create(CultureInfo.InvariantCulture, $" {said.Model}@{said.Version}={said.Probability:R}")));
    }

    /// <summary>All samples of one hash, with their marks; null for one that this binary cannot read.</summary>
    internal static IEnumerable<PredictionSample?> ReadAll(IReadOnlyCollection<HashEntry> entries)
    {
        var marks = entries.Where(IsMark).ToDictionary(e => e.Name.ToString()[..^1], e => (long)e.Value, StringComparer.Ordinal);
        return entries.Where(e => !IsMark(e)).Select(e => TryRead(
            e.Name.ToString(), e.Value.ToString(), marks.TryGetValue(e.Name.ToString(), out long activity) ? activity : null));
    }

    /// <param name="firstActivity">Event time (ms), or null.</param>
    /// <returns>Null when a newer binary wrote it, or another program.</returns>
    internal static PredictionSample? TryRead(string field, string text, long? firstActivity)
    {
        string[] parts = text.Split(' ');
        if (parts.Length < FirstPrediction || parts[2] is not ("c" or "n")
            || !ulong.TryParse(field, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong customer)
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long time)
            || !long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long silence))
            return null;
        var predictions = new List<ServedPrediction>();
        foreach (string part in parts.Skip(FirstPrediction))
        {
            if (TryReadPrediction(part) is not { } prediction) return null;
            predictions.Add(prediction);
        }

        return new PredictionSample(customer, Time(time), TimeSpan.FromMilliseconds(silence), parts[2] == "c", predictions)
        {
            FirstActivity = firstActivity is { } activity ? Time(activity) : null,
        };
    }

    private static bool IsMark(HashEntry entry) => entry.Name.ToString().EndsWith(MarkEnding, StringComparison.Ordinal);

    private static ServedPrediction? TryReadPrediction(string part)
    {
        int at = part.IndexOf('@', StringComparison.Ordinal), equals = part.IndexOf('=', StringComparison.Ordinal);
        return at > 0 && equals > at
            && double.TryParse(part.AsSpan(equals + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double probability)
            ? new ServedPrediction(part[..at], part[(at + 1)..equals], probability)
            : null;
    }

    private static DateTimeOffset Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
