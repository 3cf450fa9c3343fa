using System.Globalization;

namespace WinBack.Core.Decisions;

/// <summary>
/// Identifies a decision: the customer's partition and the request id, "12-7f0c...". Any node finds the decision from
/// it without a look-up table.
/// </summary>
public readonly record struct DecisionId(int Partition, Guid Request)
{
    /// <summary>False for anything but the form that <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string? text, out DecisionId id)
    {
        id = default;
        int dash = text?.IndexOf('-') ?? -1;
        if (dash < 1) return false;
        if (!int.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out int partition)) return false;
        if (!Guid.TryParseExact(text.AsSpan(dash + 1), "D", out Guid request)) return false;
        id = new DecisionId(partition, request);
        return id.ToString() == text;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Partition}-{Request:D}");
}
