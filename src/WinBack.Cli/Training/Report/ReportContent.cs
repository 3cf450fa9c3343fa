using WinBack.Trees.ModelFiles;
using WinBack.Trees.Training;

namespace WinBack.Cli.Training.Report;

/// <summary>All that a report shows; <see cref="ReportPage"/> only draws it.</summary>
internal sealed record ReportContent
{
    internal required ModelCard Card { get; init; }

    internal required JudgedRows Judged { get; init; }

    /// <summary>Rounds of the run that was watched, for the learning curve.</summary>
    internal required IReadOnlyList<TrainingProgress> History { get; init; }

    internal required int RoundsKept { get; init; }

    /// <summary>Share of the loss reduction by feature, largest first.</summary>
    internal required IReadOnlyList<FeatureBar> GainShares { get; init; }

    /// <summary>Mean absolute SHAP value by feature in score units, largest first; empty when not known.</summary>
    internal required IReadOnlyList<FeatureBar> ShapMeans { get; init; }

    internal required IReadOnlyList<PartialDependence> Dependences { get; init; }

    /// <summary>Null when no champion was named.</summary>
    internal required ChampionComparison? Champion { get; init; }

    internal required bool IsRefit { get; init; }
}
