using System.Collections.Frozen;
using System.Globalization;
using WinBack.Core.Events;

namespace WinBack.Core.Policy.Reasons;

/// <summary>
/// Tags free text with lapse reasons (rules L1): a linear model over words and pairs of words, whose weights stand as
/// likelihood ratios in reason-words.tsv beside this file, made by `winback reasons train`. A word that is not in the file
/// says nothing. How often it is right, and on what: docs/REASONS.md.
/// </summary>
public sealed class TextTagger
{
    private const int MostWords = 3;
    private const string Resource = "WinBack.Core.Policy.Reasons.reason-words.tsv";
    private readonly FrozenDictionary<string, double[]>.AlternateLookup<ReadOnlySpan<char>> _ratios;

    private TextTagger(Dictionary<string, double[]> ratios) =>
        _ratios = ratios.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>With the weights that this program was built with.</summary>
    public static TextTagger Default { get; } = OfResource();

    /// <summary>Reads weights: a heading line "word price neglect ... unknown", then a line for each word, tab between fields.</summary>
    /// <exception cref="FormatException">A line is not of that form; the message has its number.</exception>
    public static TextTagger Read(TextReader weights)
    {
        var ratios = new Dictionary<string, double[]>(StringComparer.Ordinal);
        string heading = string.Join('\t', Names.All<LapseReason>().Prepend("word"));
        for (int number = 1; weights.ReadLine() is { } line; number++)
        {
            if (line.StartsWith('#')) continue;
            if (ratios.Count == 0 && line == heading) continue;
            string[] fields = line.Split('\t');
            if (fields.Length != ReasonAssessment.ReasonCount + 1 || !TryRatios(fields, out double[] row))
                throw new FormatException($"line {number}: write a word and {ReasonAssessment.ReasonCount} ratios above 0, tab between them");
            ratios[fields[0]] = row;
        }

        return new TextTagger(ratios);
    }

    /// <returns>Null when no word of the text is known.</returns>
    public TextTag? Tag(string text)
    {
        var tokens = new TextTokens(text, stackalloc char[TextTokens.MaxChars], stackalloc int[TextTokens.MaxWords]);
        double[] product = new double[ReasonAssessment.ReasonCount];
        Array.Fill(product, 1);
        bool isKnown = false;
        for (int i = 0; i < tokens.WordCount; i++)
        {
            isKnown |= Multiply(product, tokens.Word(i));
            if (i + 1 < tokens.WordCount) isKnown |= Multiply(product, tokens.Pair(i));
        }

        if (!isKnown) return null;
        int top = 0;
        double sum = product[0];
        for (int i = 1; i < product.Length; i++)
        {
            sum += product[i];
            if (product[i] > product[top]) top = i;
        }

        return new TextTag((LapseReason)(top + 1), product[top] / sum, product, Deciding(tokens, top));
    }

    private bool Multiply(double[] product, ReadOnlySpan<char> token)
    {
        if (!_ratios.TryGetValue(token, out double[]? ratios)) return false;
        for (int i = 0; i < product.Length; i++) product[i] *= ratios[i];
        return true;
    }

    private List<string> Deciding(TextTokens tokens, int reason)
    {
        var found = new List<(string Word, double Ratio)>();
        for (int i = 0; i < tokens.WordCount; i++)
        {
            Note(tokens.Word(i), reason, found);
            if (i + 1 < tokens.WordCount) Note(tokens.Pair(i), reason, found);
        }

        // A stable sort: of words as strong, the first in the text.
        return [.. found.OrderByDescending(word => word.Ratio).Take(MostWords).Select(word => word.Word)];
    }

    private void Note(ReadOnlySpan<char> token, int reason, List<(string Word, double Ratio)> found)
    {
        if (!_ratios.TryGetValue(token, out double[]? ratios) || ratios[reason] <= 1) return;
        string word = token.ToString();
        if (!found.Exists(known => known.Word == word)) found.Add((word, ratios[reason]));
    }

    private static bool TryRatios(string[] fields, out double[] ratios)
    {
        ratios = new double[fields.Length - 1];
        for (int i = 0; i < ratios.Length; i++)
            if (!double.TryParse(fields[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out ratios[i]) || !(ratios[i] is > 0 and < 1e6))
                return false;
        return true;
    }

    private static TextTagger OfResource()
    {
        using Stream stream = typeof(TextTagger).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in this build");
        using var reader = new StreamReader(stream);
        return Read(reader);
    }
}
