using System.CommandLine;
using WinBack.Trees.Training;

namespace WinBack.Cli.Training;

/// <summary>The options of `winback train` that say something of single features or of a class.</summary>
internal sealed class FeatureArguments
{
    private readonly Option<string[]> _ignore = new("--ignore")
    {
        Description = "Features that keep their place in the vector but are never asked for.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _categorical = new("--categorical")
    {
        Description = "Features without an order, as text or whole numbers; with commas or spaces between.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _monotone = new("--monotone")
    {
        Description = "Features that may move the prediction one way only: recency:+,price:- (+ is up when the feature goes up).",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> _classWeight = new("--class-weight")
    {
        Description = "How often a row with label 1 counts, or 'balanced' to make both classes weigh the same.",
        DefaultValueFactory = _ => "1",
    };

    internal void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_ignore, _categorical, _monotone, _classWeight]) command.Options.Add(option);
    }

    internal IReadOnlyList<string> Ignored(ParseResult parsed) => TableArguments.Names(parsed.GetValue(_ignore));

    internal IReadOnlyList<string> Categorical(ParseResult parsed) => TableArguments.Names(parsed.GetValue(_categorical));

    internal IReadOnlyDictionary<string, MonotoneDirection> Monotone(ParseResult parsed)
    {
        var directions = new Dictionary<string, MonotoneDirection>(StringComparer.Ordinal);
        foreach (string text in TableArguments.Names(parsed.GetValue(_monotone)))
        {
            int colon = text.LastIndexOf(':');
            directions[colon < 0 ? text : text[..colon]] = colon < 0 ? MonotoneDirection.Increasing : text[(colon + 1)..] switch
            {
                "+" => MonotoneDirection.Increasing,
                "-" => MonotoneDirection.Decreasing,
                _ => throw new BadInputException($"--monotone {text}: write the feature's name, then :+ or :-"),
            };
        }

        return directions;
    }

    /// <exception cref="BadInputException">It is neither a number nor balanced.</exception>
    internal double PositiveWeight(ParseResult parsed, TrainingTable table)
    {
        string text = parsed.GetValue(_classWeight)!;
        if (double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out double weight)) return weight;
        if (text != "balanced") throw new BadInputException($"--class-weight {text}: a number or 'balanced' is needed");
        double positives = 0, negatives = 0;
        for (int row = 0; row < table.RowCount; row++)
        {
            if (table.Labels[row] > 0) positives += table.WeightOf(row);
            else negatives += table.WeightOf(row);
        }

        return positives > 0 && negatives > 0 ? negatives / positives : 1;
    }
}
