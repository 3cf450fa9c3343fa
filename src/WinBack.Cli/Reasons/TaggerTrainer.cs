using System.Globalization;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Reasons;

namespace WinBack.Cli.Reasons;

/// <summary>
/// Trains the weights of <see cref="TextTagger"/>: multinomial logistic regression over the presence of words and pairs of
/// words, with a quadratic penalty, by full gradient descent from 0 for a fixed number of rounds. No chance is involved: the
/// same phrases give the same weights. Every reason weighs the same, however many phrases it has, so that the weights are
/// likelihood ratios and the playbook's priors say how frequent reasons are.
/// </summary>
internal static class TaggerTrainer
{
    private const int Reasons = ReasonAssessment.ReasonCount;
    private const int Rounds = 3_000;
    private const double Rate = 4;

    /// <summary>
    /// By five-fold cross-validation: log-loss 1.033 with 0.003, 0.844 with 0.001, 0.752 with 0.0003, 0.737
    /// with 0.0001, which is little for twice the time.
    /// </summary>
    private const double Penalty = 0.0003;

    /// <summary>Pairs that stand in one phrase only are learned by heart, not understood.</summary>
    private const int LeastPairs = 2;

    /// <summary>Say nothing alone: that one is in the phrases of a reason more often is chance. In pairs they count ("not use").</summary>
    private static readonly HashSet<string> Fillers = new(StringComparer.Ordinal)
    {
        "a", "about", "after", "again", "all", "am", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "did", "do", "doe",
        "every", "for", "from", "get", "got", "had", "ha", "has", "have", "i", "if", "in", "is", "it", "its", "just", "last", "me", "more",
        "my", "no", "not", "of", "on", "one", "only", "or", "our", "out", "so", "some", "than", "that", "the", "their", "them", "then",
        "there", "they", "this", "to", "too", "up", "us", "very", "was", "we", "went", "were", "what", "when", "which", "who", "will",
        "with", "would", "year", "you", "your",
    };

    /// <returns>A line for each word, most telling first, in the form that <see cref="TextTagger.Read"/> reads.</returns>
    internal static string Train(IReadOnlyList<Phrase> phrases)
    {
        string[][] tokens = [.. phrases.Select(phrase => Tokens(phrase.Text))];
        string[] vocabulary = [.. tokens.SelectMany(words => words).GroupBy(word => word, StringComparer.Ordinal)
            .Where(group => IsPair(group.Key) ? group.Count() >= LeastPairs : !Fillers.Contains(group.Key))
            .Select(group => group.Key).Order(StringComparer.Ordinal)];
        var places = vocabulary.Select((word, place) => (word, place)).ToDictionary(p => p.word, p => p.place, StringComparer.Ordinal);
        int[][] rows = [.. tokens.Select(words => words.Where(places.ContainsKey).Select(word => places[word]).ToArray())];
        return Write(vocabulary, Fit(rows, phrases, vocabulary.Length));
    }

    private static string[] Tokens(string text)
    {
        var tokens = new TextTokens(text, stackalloc char[TextTokens.MaxChars], stackalloc int[TextTokens.MaxWords]);
        var words = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < tokens.WordCount; i++)
        {
            words.Add(tokens.Word(i).ToString());
            if (i + 1 < tokens.WordCount) words.Add(tokens.Pair(i).ToString());
        }

        return [.. words.Order(StringComparer.Ordinal)];
    }

    private static bool IsPair(string token) => token.Contains(' ', StringComparison.Ordinal);

    private static double[] Fit(int[][] rows, IReadOnlyList<Phrase> phrases, int words)
    {
        double[] weights = new double[words * Reasons];
        double[] gradient = new double[words * Reasons];
        double[] probabilities = new double[Reasons];
        double[] share = new double[Reasons];
        foreach (Phrase phrase in phrases) share[(int)phrase.Reason - 1]++;
        int reasons = share.Count(count => count > 0);
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < gradient.Length; i++) gradient[i] = Penalty * weights[i];
            for (int row = 0; row < rows.Length; row++)
            {
                int reason = (int)phrases[row].Reason - 1;
                Predict(rows[row], weights, probabilities);
                double weight = 1 / (share[reason] * reasons);
                foreach (int word in rows[row])
                    for (int k = 0; k < Reasons; k++)
                        gradient[(word * Reasons) + k] += weight * (probabilities[k] - (k == reason ? 1 : 0));
            }

            for (int i = 0; i < weights.Length; i++) weights[i] -= Rate * gradient[i];
        }

        return weights;
    }

    private static void Predict(int[] row, double[] weights, double[] probabilities)
    {
        double largest = double.NegativeInfinity, sum = 0;
        for (int k = 0; k < Reasons; k++)
        {
            double score = 0;
            foreach (int word in row) score += weights[(word * Reasons) + k];
            probabilities[k] = score;
            largest = Math.Max(largest, score);
        }

        for (int k = 0; k < Reasons; k++) sum += probabilities[k] = Math.Exp(probabilities[k] - largest);
        for (int k = 0; k < Reasons; k++) probabilities[k] /= sum;
    }

    private static string Write(string[] vocabulary, double[] weights)
    {
        IEnumerable<(string Word, double[] Weights)> lines = vocabulary
            .Select((word, place) => (word, weights.AsSpan(place * Reasons, Reasons).ToArray()))
            .OrderByDescending(line => Math.Round(line.Item2.Max(), 6)).ThenBy(line => line.word, StringComparer.Ordinal);
        var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        text.WriteLine("# Likelihood ratios of words and pairs of words by reason; made by `winback reasons train`, see docs/REASONS.md.");
        text.WriteLine(string.Join('\t', Names.All<LapseReason>().Prepend("word")));
        foreach ((string word, double[] line) in lines)
            text.WriteLine(string.Join('\t', line.Select(weight => Math.Exp(weight).ToString("0.00", CultureInfo.InvariantCulture)).Prepend(word)));
        return text.ToString();
    }
}
