using System.ComponentModel.DataAnnotations;

namespace WinBack.Trees.Training;

/// <summary>Settings of <see cref="GradientBoostingTrainer"/>. The defaults are ML.NET FastTree's sizes.</summary>
public sealed record TrainingOptions
{
    public const string Section = "Training";

    public TrainingRecipe Recipe { get; set; } = TrainingRecipe.Newton;

    public TrainingObjective Objective { get; set; } = TrainingObjective.Logistic;

    /// <summary>Between Poisson (1) and gamma (2); read by the Tweedie objective only.</summary>
    [Range(1.01, 1.99)]
    public double TweediePower { get; set; } = 1.5;

    public TreeGrowth Growth { get; set; } = TreeGrowth.LeafWise;

    /// <summary>Features whose values are numbers of categories, 0 to 2^24 - 1, with no order.</summary>
    public IReadOnlyList<string> Categorical { get; set; } = [];

    /// <summary>Features that may move the prediction one way only.</summary>
    public IReadOnlyDictionary<string, MonotoneDirection> Monotone { get; set; } = new Dictionary<string, MonotoneDirection>();

    /// <summary>Trees at most; early stopping may keep fewer.</summary>
    [Range(1, 100_000)]
    public int Rounds { get; set; } = 100;

    /// <summary>Leaves a tree at most.</summary>
    [Range(2, 4096)]
    public int Leaves { get; set; } = 20;

    /// <summary>Comparisons on the longest path; 0 is no limit.</summary>
    [Range(0, 64)]
    public int MaxDepth { get; set; }

    [Range(1, 1_000_000)]
    public int MinRowsPerLeaf { get; set; } = 10;

    /// <summary>Sum of hessians (logistic: p(1 - p) * weight) that a leaf needs at least; keeps its value bounded.</summary>
    [Range(0.0, 1e9)]
    public double MinHessianPerLeaf { get; set; } = 1e-3;

    /// <summary>Share of the Newton step that each tree takes.</summary>
    [Range(1e-4, 1.0)]
    public double LearningRate { get; set; } = 0.2;

    /// <summary>
    /// Score that boosting starts from (log-odds, or the log of a mean; squared error: the mean). Null is the best one for all
    /// rows together, as in LightGBM and in XGBoost from 2.0 on; XGBoost before that starts from 0. The FastTree recipe always does.
    /// </summary>
    [Range(-1e6, 1e6)]
    public double? BaseScore { get; set; }

    /// <summary>Added to the hessian of every leaf; not used by the FastTree recipe.</summary>
    [Range(0.0, 1e9)]
    public double L2 { get; set; } = 1;

    /// <summary>Taken off the absolute gradient of every leaf; not used by the FastTree recipe.</summary>
    [Range(0.0, 1e9)]
    public double L1 { get; set; }

    /// <summary>Added to the hessian of a category when categories are put in order, so that small ones stand in the middle.</summary>
    [Range(0.0, 1e9)]
    public double CategorySmoothing { get; set; } = 10;

    /// <summary>Added to L2 when a split of more than four categories is valued, for it has many more ways to fit noise than a number.</summary>
    [Range(0.0, 1e9)]
    public double CategoryL2 { get; set; } = 10;

    /// <summary>Rows with a label above 0 count so often, on top of their own weight.</summary>
    [Range(1e-6, 1e6)]
    public double PositiveWeight { get; set; } = 1;

    /// <summary>Share of the rows that each tree is grown on, drawn anew for each.</summary>
    [Range(0.01, 1.0)]
    public double RowShare { get; set; } = 1;

    /// <summary>Share of the features that each tree may ask for, drawn anew for each; at least one.</summary>
    [Range(0.01, 1.0)]
    public double FeatureShare { get; set; } = 1;

    /// <summary>Loss reduction that a split needs at least, in nats times rows (FastTree recipe: in its own unit).</summary>
    [Range(0.0, 1e9)]
    public double MinGain { get; set; }

    /// <summary>Distinct ranges per feature; missing values have one more of their own.</summary>
    [Range(2, 255)]
    public int Bins { get; set; } = 255;

    /// <summary>Share of the rows held out for progress, early stopping and calibration; 0 is none. See <see cref="TrainingTable.HoldOut"/>.</summary>
    [Range(0.0, 0.9)]
    public double ValidationFraction { get; set; }

    /// <summary>Stop when the held-out loss has not improved for so many rounds, and keep the best; 0 is never.</summary>
    [Range(0, 100_000)]
    public int EarlyStoppingRounds { get; set; }

    public CalibrationKind Calibration { get; set; } = CalibrationKind.None;

    /// <summary>
    /// Chooses the held-out rows when the table has no times, and the rows and features of each tree when not all are
    /// taken. The result depends on nothing else that is random.
    /// </summary>
    public ulong Seed { get; set; } = 1;

    /// <summary>Threads at most; 0 is one per processor. Never changes the result.</summary>
    [Range(0, 1024)]
    public int Threads { get; set; }

    /// <summary>Every fault of the settings, each naming the option; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true);
        var errors = results.Select(result => result.ErrorMessage ?? "").ToList();
        if (ValidationFraction == 0 && EarlyStoppingRounds > 0)
        {
            errors.Add("EarlyStoppingRounds needs a held-out part: set ValidationFraction, for instance to 0.2.");
        }

        if (ValidationFraction == 0 && Calibration != CalibrationKind.None)
        {
            errors.Add("Calibration needs a held-out part: set ValidationFraction, for instance to 0.2.");
        }

        if (Calibration != CalibrationKind.None && Objective != TrainingObjective.Logistic)
        {
            errors.Add($"Calibration {Calibration} is of probabilities: leave it out with the objective {Objective}.");
        }

        if (Objective != TrainingObjective.SquaredError && Math.Abs(BaseScore ?? 0) > 20)
        {
            errors.Add($"BaseScore is {BaseScore}: log-odds and the log of a mean are between -20 and 20.");
        }

        bool isBeyondFastTree = Objective != TrainingObjective.Logistic || L1 > 0 || Monotone.Count > 0 || BaseScore is not null;
        if (Recipe == TrainingRecipe.FastTree && isBeyondFastTree)
        {
            errors.Add("The FastTree recipe knows the Logistic objective only, and no L1, Monotone or BaseScore: use Newton for those.");
        }

        return errors;
    }

    /// <summary>The settings that shape the result, for a manifest, in a fixed order.</summary>
    public IReadOnlyDictionary<string, string> Describe()
    {
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["recipe"] = Recipe.ToString(),
            ["objective"] = Objective.ToString(),
            ["tweedie_power"] = TweediePower.ToString(culture),
            ["growth"] = Growth.ToString(),
            ["categorical"] = string.Join(' ', Categorical),
            ["monotone"] = string.Join(' ', Monotone.Select(m => m.Key + (m.Value == MonotoneDirection.Increasing ? ":+" : ":-"))),
            ["rounds"] = Rounds.ToString(culture),
            ["leaves"] = Leaves.ToString(culture),
            ["max_depth"] = MaxDepth.ToString(culture),
            ["min_rows_per_leaf"] = MinRowsPerLeaf.ToString(culture),
            ["min_hessian_per_leaf"] = MinHessianPerLeaf.ToString(culture),
            ["learning_rate"] = LearningRate.ToString(culture),
            ["l2"] = L2.ToString(culture),
            ["l1"] = L1.ToString(culture),
            ["category_smoothing"] = CategorySmoothing.ToString(culture),
            ["category_l2"] = CategoryL2.ToString(culture),
            ["positive_weight"] = PositiveWeight.ToString(culture),
            ["row_share"] = RowShare.ToString(culture),
            ["feature_share"] = FeatureShare.ToString(culture),
            ["min_gain"] = MinGain.ToString(culture),
            ["bins"] = Bins.ToString(culture),
            ["validation_fraction"] = ValidationFraction.ToString(culture),
            ["early_stopping_rounds"] = EarlyStoppingRounds.ToString(culture),
            ["calibration"] = Calibration.ToString(),
            ["seed"] = Seed.ToString(culture),
        };
        if (BaseScore is { } start) all["base_score"] = start.ToString(culture);
        return all;
    }
}
