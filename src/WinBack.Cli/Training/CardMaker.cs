using System.Reflection;
using WinBack.Core.Models;
using WinBack.Trees.ModelFiles;
using WinBack.Trees.Training;

namespace WinBack.Cli.Training;

/// <summary>Writes down all that is known of a trained model: the manifest, but for what the files themselves add.</summary>
internal sealed class CardMaker(TableFile file, TableFile? test, TrainingJob job, TrainedModel trained, JudgedRows judged)
{
    private const int MostCuts = 200;

    internal ModelCard Make(string name, string? definition, DateTimeOffset created)
    {
        IReadOnlyDictionary<string, string> parameters = job.Describe(trained);
        var card = new ModelCard
        {
            Name = name,
            LabelDefinition = definition ?? file.Manifest?.LabelDefinition ?? "label of " + Path.GetFileName(file.Path),
            Objective = ObjectiveName(trained.Options),
            FeatureSchemaHash = file.FeatureSchemaHash,
            TrainingParameters = parameters,
            Seed = trained.Options.Seed,
            DataHash = file.Sha256,
            Metrics = Figures(),
            FeatureHistograms = Histograms(),
            PredictionHistogram = ReferenceHistogram.Of(ReferenceHistogram.Prediction, UnseenPredictions().Select(p => (float)p)),
            SourceFormat = "winback",
            Program = ProgramVersion(),
            Features = FeatureContracts.Of(file, trained.Options),
            Window = Window(),
            Parts = Parts(),
            Calibration = Calibration(),
            Search = Search(),
            SegmentMetrics = judged.Intervals(),
            MonotoneChecks = MonotoneProbe.Check(new TreeModel(trained.Ensemble), file.Table, trained.Options.Monotone),
            CreatedTime = created,
        };
        return card with { Version = ModelVersion.Of(TreesDigest.Of(trained.Ensemble)) };
    }

    private Dictionary<string, double> Figures()
    {
        var figures = new Dictionary<string, double>(StringComparer.Ordinal);
        Evaluation.AddTo(figures, "learning", trained.Watched.TrainMetrics);
        Evaluation.AddTo(figures, "validation", trained.Watched.ValidationMetrics!);
        if (test is not null)
            Evaluation.AddTo(figures, "test", GradientBoostingTrainer.Judge(trained.Ensemble, TableOrder.As(test, trained.Ensemble)));
        return figures;
    }

    /// <summary>Of the features as they were read, on all rows: ignored ones may be asked for by the next model.</summary>
    private ReferenceHistogram[] Histograms() => Enumerable.Range(0, file.Table.FeatureCount)
        .Select(f => ReferenceHistogram.Of(file.Table.FeatureNames[f], file.Table.Column(f).ToArray()))
        .ToArray();

    /// <summary>A refit has seen all rows; else the validation rows show better what it will say of new ones.</summary>
    private double[] UnseenPredictions() =>
        GradientBoostingTrainer.Predictions(trained.Ensemble, job.IsRefit ? file.Table : trained.Split.Validation);

    private TrainingWindow? Window()
    {
        if (trained.Split.ValidFrom is not { } from) return null;
        DateTimeOffset[] times = file.Table.Times.ToArray().Distinct().Order().ToArray();
        return new TrainingWindow(times[0], times[^1], from, job.Horizon.TotalDays, times.Length <= MostCuts ? times : []);
    }

    private List<RowPart> Parts()
    {
        var parts = new List<RowPart>
        {
            new("learning", trained.Split.Learning.RowCount, MeanLabel(trained.Split.Learning)),
            new("validation", trained.Split.Validation.RowCount, MeanLabel(trained.Split.Validation)),
            new("purged", trained.Split.Purged, null),
        };
        if (test is not null) parts.Add(new RowPart("test", test.Table.RowCount, MeanLabel(test.Table)));
        return parts;
    }

    private CalibrationSummary? Calibration() => trained.Watched.Calibration is { } c
        ? new CalibrationSummary(
            c.Kind.ToString(),
            trained.Split.ValidFrom is { } from ? FormattableString.Invariant($"rows from {from:yyyy-MM-dd}") : "a seeded part",
            c.Rows, c.EceBefore, c.EceAfter)
        : null;

    private SearchSummary? Search() => trained.Best is { } best
        ? new SearchSummary(
            job.Folds, trained.Trials.Count, best.Number, trained.Trials[0].Result.MeanLoss, best.Result.MeanLoss)
        : null;

    private static double MeanLabel(TrainingTable table)
    {
        double sum = 0, total = 0;
        for (int row = 0; row < table.RowCount; row++)
        {
            sum += table.Labels[row] * table.WeightOf(row);
            total += table.WeightOf(row);
        }

        return sum / total;
    }

    private static string ObjectiveName(TrainingOptions options) => options.Objective switch
    {
        TrainingObjective.Logistic => "binary_logistic",
        TrainingObjective.SquaredError => "squared_error",
        TrainingObjective.Tweedie => FormattableString.Invariant($"tweedie({options.TweediePower})"),
        var other => other.ToString().ToLowerInvariant(),
    };

    /// <summary>The version, with the commit after a plus when the build knew it.</summary>
    private static string ProgramVersion() =>
        typeof(CardMaker).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
}
