using System.Globalization;
using System.Text;
using WinBack.Core.Caps;
using WinBack.Core.Policy;

namespace WinBack.Adapters.Redis;

/// <summary>Denials as the scripts write them: 'cap count allowed;' for each full cap that a candidate asked, each cap once.</summary>
internal static class DenialWords
{
    /// <summary>Stands before denials that the stored decision was written with already. Older programs leave such a decision alone.</summary>
    internal const string AsWritten = "=";

    internal static bool AreWritten(string text) => text.StartsWith(AsWritten, StringComparison.Ordinal);

    /// <param name="denials">By candidate, and by place among its caps.</param>
    internal static string Of(IReadOnlyList<Candidate> ranking, IReadOnlyList<CapDenial> denials)
    {
        var text = new StringBuilder(32 * denials.Count);
        var caps = new List<CapUse>();
        int at = 0, told = 0;
        for (int c = 0; at < denials.Count; c++)
        {
            IReadOnlyList<CapUse> uses = ranking[c].Caps;
            for (int i = 0; i < uses.Count; i++)
            {
                int number = ReserveArguments.Number(uses[i], caps);
                if (at == denials.Count || (denials[at].Candidate, denials[at].Cap) != (c, i)) continue;
                CapDenial denial = denials[at++];
                // Caps are numbered as they are first asked, so what was told before has a smaller number.
                if (number <= told) continue;
                told = number;
                text.Append(CultureInfo.InvariantCulture, $"{number} {denial.Count} {CapTime.ToMicros(denial.AllowedTime):D16};");
            }
        }

        return text.ToString();
    }

    /// <summary>The denials of each candidate better than the chosen one.</summary>
    /// <param name="chosen">Place in the ranking; -1 for none.</param>
    internal static List<CapDenial> Read(string text, IReadOnlyList<Candidate> ranking, int chosen)
    {
        if (text.Length == 0) return [];
        var full = new Dictionary<int, (int, DateTimeOffset)>();
        foreach (string denial in text.TrimStart(AsWritten[0]).Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] fields = denial.Split(' ');
            full.Add(Number(fields[0]), (Number(fields[1]), StoredDecision.Time(fields[2])));
        }

        return ReserveArguments.Denials(ranking, chosen, full);
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
