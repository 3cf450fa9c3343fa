using System.Globalization;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Reasons;

namespace WinBack.Cli.Reasons;

/// <summary>How often a tagger names the reason that a file says.</summary>
/// <param name="Texts">That were tagged or not; a text without a known word is a miss.</param>
/// <param name="Tagged">Texts with a known word.</param>
/// <param name="Right">Texts whose tag is the file's reason.</param>
/// <param name="Baseline">Share of the most frequent reason of the file: what naming it always would get right.</param>
/// <param name="LogLoss">Mean of -ln of the probability given to the file's reason; ln 6 = 1.792 for knowing nothing.</param>
internal sealed record TaggerScore(int Texts, int Tagged, int Right, double Baseline, double LogLoss, IReadOnlyList<string> ByReason)
{
    private const double Normal95 = 1.959964;

    internal double Accuracy => (double)Right / Texts;

    /// <summary>Of one tagger.</summary>
    internal static TaggerScore Of(TextTagger tagger, IReadOnlyList<Phrase> phrases) =>
        Count(phrases, [.. phrases.Select(phrase => tagger.Tag(phrase.Text))]);

    /// <summary>Cross-validated: every phrase is tagged by weights that were trained without its fold.</summary>
    /// <param name="words">In the training of every fold, and never judged.</param>
    /// <param name="folds">The n-th phrase of a reason is in fold n mod folds.</param>
    internal static TaggerScore CrossValidated(IReadOnlyList<Phrase> phrases, IReadOnlyList<Phrase> words, int folds)
    {
        int[] fold = new int[phrases.Count];
        int[] seen = new int[ReasonAssessment.ReasonCount + 1];
        for (int i = 0; i < fold.Length; i++) fold[i] = seen[(int)phrases[i].Reason]++ % folds;
        var tags = new TextTag?[phrases.Count];
        for (int f = 0; f < folds; f++)
        {
            using var weights = new StringReader(TaggerTrainer.Train([.. phrases.Where((_, i) => fold[i] != f), .. words]));
            TextTagger tagger = TextTagger.Read(weights);
            for (int i = 0; i < fold.Length; i++)
                if (fold[i] == f) tags[i] = tagger.Tag(phrases[i].Text);
        }

        return Count(phrases, tags);
    }

    /// <summary>With Wilson's interval, which holds near 0 and 1 too.</summary>
    internal void Write(TextWriter output, string what)
    {
        double n = Texts, z2 = Normal95 * Normal95;
        double centre = (Accuracy + (z2 / (2 * n))) / (1 + (z2 / n));
        double half = Normal95 / (1 + (z2 / n)) * Math.Sqrt((Accuracy * (1 - Accuracy) / n) + (z2 / (4 * n * n)));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: accuracy {Accuracy:0.000} [{centre - half:0.000}, {centre + half:0.000}] on {Texts:N0} texts ")
            + string.Create(
                CultureInfo.InvariantCulture,
                $"({Tagged:N0} with a known word); always the most frequent reason: {Baseline:0.000}; log-loss {LogLoss:0.000}"));
        foreach (string line in ByReason) output.WriteLine("  " + line);
    }

    private static TaggerScore Count(IReadOnlyList<Phrase> phrases, TextTag?[] tags)
    {
        var lines = new List<string>();
        int right = 0, most = 0;
        for (var reason = LapseReason.Price; reason <= LapseReason.Unknown; reason++)
        {
            LapseReason?[] found = [.. tags.Where((_, i) => phrases[i].Reason == reason).Select(tag => tag?.Reason)];
            if (found.Length == 0) continue;
            int hits = found.Count(tag => tag == reason);
            right += hits;
            most = Math.Max(most, found.Length);
            IEnumerable<string> tagged = found.GroupBy(tag => tag).OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
                .Select(group => $"{(group.Key is { } tag ? Names.Of(tag) : "no known word")} {group.Count()}");
            lines.Add($"{Names.Of(reason)}: {hits} of {found.Length} right; tagged {string.Join(", ", tagged)}");
        }

        return new TaggerScore(
            phrases.Count, tags.Count(tag => tag is not null), right, (double)most / phrases.Count, LogLossOf(phrases, tags), lines);
    }

    private static double LogLossOf(IReadOnlyList<Phrase> phrases, TextTag?[] tags)
    {
        double sum = 0;
        for (int i = 0; i < tags.Length; i++)
            sum -= Math.Log(tags[i] is { } tag ? tag.Ratios[(int)phrases[i].Reason - 1] / tag.Ratios.Sum() : 1.0 / ReasonAssessment.ReasonCount);
        return sum / tags.Length;
    }
}
