using System.Globalization;
using WinBack.Core.Decisions;

namespace WinBack.Adapters.Redis;

/// <summary>
/// How many of a partition's records of one day had which outcome. Stored as text such as "folded=12 late=1", because
/// operators read it, too; outcomes that did not occur are left out.
/// </summary>
public sealed class OutcomeCounts
{
    private static readonly FoldOutcome[] Outcomes = Enum.GetValues<FoldOutcome>();
    private readonly long[] _counts = new long[Outcomes.Length];

    public long this[FoldOutcome outcome] => _counts[(int)outcome];

    /// <param name="text">As stored; null or empty for nothing yet.</param>
    /// <exception cref="InvalidDataException">The text is none of ours.</exception>
    public static OutcomeCounts Parse(string? text)
    {
        var counts = new OutcomeCounts();
        foreach (string part in (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            int outcome = equals < 0 ? -1 : Array.FindIndex(Outcomes, o => FoldOutcomeNames.Of(o) == part[..equals]);
            ReadOnlySpan<char> count = part.AsSpan(equals + 1);
            if (outcome < 0 || !long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out counts._counts[outcome]))
                throw new InvalidDataException($"'{text}' is no count of outcomes: another program wrote this key, or a newer binary did");
        }

        return counts;
    }

    public void Add(FoldOutcome outcome) => _counts[(int)outcome]++;

    public override string ToString() =>
        string.Join(' ', Outcomes.Where(o => this[o] > 0).Select(o => $"{FoldOutcomeNames.Of(o)}={this[o]}"));
}
