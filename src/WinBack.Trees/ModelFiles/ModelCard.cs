namespace WinBack.Trees.ModelFiles;

/// <summary>What the maker of a model knows about it, next to the trees themselves.</summary>
public sealed record ModelCard
{
    /// <summary>A short name, for instance churn.</summary>
    public required string Name { get; init; }

    /// <summary>What the label 1 means, in words, with its horizon.</summary>
    public required string LabelDefinition { get; init; }

    /// <summary>The loss that was minimised.</summary>
    public string Objective { get; init; } = "binary_logistic";

    /// <summary>Hash of the feature schema that produced the rows. See <see cref="FeatureNameHash"/> when there is no other.</summary>
    public required string FeatureSchemaHash { get; init; }

    /// <summary>Settings of the training run by name, see <see cref="Training.TrainingOptions.Describe"/>.</summary>
    public IReadOnlyDictionary<string, string> TrainingParameters { get; init; } = new Dictionary<string, string>();

    public ulong Seed { get; init; }

    /// <summary>SHA-256 of the training data, lower-case hex; empty when unknown.</summary>
    public string DataHash { get; init; } = "";

    /// <summary>Figures by name, for instance test_auc.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>One a feature, of the rows that the model was made from; empty when unknown, and then drift is not measured.</summary>
    public IReadOnlyList<ReferenceHistogram> FeatureHistograms { get; init; } = [];

    /// <summary>Of the model's predictions on the same rows; null when unknown.</summary>
    public ReferenceHistogram? PredictionHistogram { get; init; }

    /// <summary>The first 12 hex digits of the SHA-256 of the trees, as the registry has it; empty when unknown.</summary>
    public string Version { get; init; } = "";

    /// <summary>The format that the trees came in: winback for those trained here.</summary>
    public string SourceFormat { get; init; } = "";

    /// <summary>Version and commit of the program that trained or read the model; empty when unknown.</summary>
    public string Program { get; init; } = "";

    /// <summary>In feature-vector order; empty when unknown.</summary>
    public IReadOnlyList<FeatureContract> Features { get; init; } = [];

    /// <summary>Null when rows have no times.</summary>
    public TrainingWindow? Window { get; init; }

    /// <summary>Row counts and base rates of the parts.</summary>
    public IReadOnlyList<RowPart> Parts { get; init; } = [];

    /// <summary>Null when the link is the objective's own.</summary>
    public CalibrationSummary? Calibration { get; init; }

    /// <summary>Null when settings were not cross-validated.</summary>
    public SearchSummary? Search { get; init; }

    /// <summary>Figures with intervals, overall and by segment.</summary>
    public IReadOnlyList<SegmentMetric> SegmentMetrics { get; init; } = [];

    /// <summary>One for each constrained feature.</summary>
    public IReadOnlyList<MonotoneCheck> MonotoneChecks { get; init; } = [];

    /// <summary>Null when it was not measured.</summary>
    public MeasuredLatency? Latency { get; init; }

    /// <summary>Version of the model that this one is to follow; null for none.</summary>
    public string? Parent { get; init; }

    /// <summary>Null until somebody approves.</summary>
    public ModelApproval? Approval { get; init; }

    /// <summary>UTC. Passed in, because this library has no clock.</summary>
    public required DateTimeOffset CreatedTime { get; init; }
}
