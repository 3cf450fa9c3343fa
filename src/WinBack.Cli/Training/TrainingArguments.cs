using System.CommandLine;
using WinBack.Cli.Arguments;
using WinBack.Trees.Training;

namespace WinBack.Cli.Training;

/// <summary>The settings of `winback train`; their ranges and defaults are those of <see cref="TrainingOptions"/>.</summary>
internal sealed class TrainingArguments
{
    private const int DefaultFolds = 3;
    private static readonly TrainingOptions Defaults = new();

    private readonly Option<DateTimeOffset?> _validFrom =
        TimeArguments.Instant("--valid-from", "First time of the rows that validate.");
    private readonly Option<double> _validShare =
        Number("--valid-share", "Share of the rows, the latest, that validate when --valid-from is not given.", 0.2);
    private readonly Option<TimeSpan?> _purge =
        TimeArguments.Duration("--purge", "How far labels look ahead. Default: from the table's manifest, else not at all.");
    private readonly FeatureArguments _features = new();

    private readonly Option<bool> _refit = new("--refit")
    {
        Description = "Train again on all rows, for as many rounds as were best.",
    };
    private readonly Option<int> _rounds = Number("--rounds", "Trees at most.", 400);
    private readonly Option<int> _earlyStopping =
        Number("--early-stopping", "Stop after so many rounds without a better validation loss; 0 is never.", 40);
    private readonly Option<TrainingObjective> _objective =
        Number("--objective", "What to predict: logistic (a probability), squarederror, poisson or tweedie (a mean).", Defaults.Objective);
    private readonly Option<double> _tweediePower =
        Number("--tweedie-power", "Between 1 (Poisson) and 2 (gamma).", Defaults.TweediePower);
    private readonly Option<TreeGrowth> _growth =
        Number("--growth", "leafwise (best leaf first) or depthwise (level by level).", Defaults.Growth);
    private readonly Option<int> _leaves = Number("--leaves", "Leaves of a tree.", Defaults.Leaves);
    private readonly Option<int> _depth = Number("--max-depth", "Questions on the longest path; 0 is no limit.", Defaults.MaxDepth);
    private readonly Option<int> _bins = Number("--bins", "Ranges that a number is cut into.", Defaults.Bins);
    private readonly Option<int> _minRows = Number("--min-rows-per-leaf", "Rows of a leaf at least.", Defaults.MinRowsPerLeaf);
    private readonly Option<double> _rate =
        Number("--learning-rate", "Share of the step that each tree takes.", Defaults.LearningRate);
    private readonly Option<double?> _baseScore = new("--base-score")
    {
        Description = "Score to start from (logistic: log-odds). Default: the best one for all rows together.",
    };

    private readonly Option<double> _minHessian =
        Number("--min-hessian", "Sum of hessians of a leaf at least.", Defaults.MinHessianPerLeaf);
    private readonly Option<double> _l1 = Number("--l1", "Taken off the gradient of each leaf.", Defaults.L1);
    private readonly Option<double> _rowShare = Number("--row-share", "Share of the rows that each tree sees.", Defaults.RowShare);
    private readonly Option<double> _featureShare =
        Number("--feature-share", "Share of the features that each tree may ask for.", Defaults.FeatureShare);
    private readonly Option<int> _search =
        Number("--search", "Settings to try by cross-validation on the learning rows; the first are those given. 0 is none.", 0);
    private readonly Option<int> _folds =
        Number("--folds", "Parts of a cross-validation, by time when rows have times. 0 is 3 with --search, else none.", 0);
    private readonly Option<double> _l2 = Number("--l2", "Pull of leaf values toward 0.", Defaults.L2);
    private readonly Option<TrainingRecipe> _recipe =
        Number("--recipe", "newton, or fasttree as ML.NET does it.", Defaults.Recipe);
    private readonly Option<CalibrationKind?> _calibration = new("--calibration")
    {
        Description = "platt or isotonic (on the validation rows), or none. Default: platt; none with --refit and for means.",
    };

    private readonly Option<ulong> _seed =
        Number(
            "--seed", "Chooses the validation rows when rows have no times, the rows and features of each tree, and what a search tries.",
            Defaults.Seed);
    private readonly Option<int> _threads =
        Number("--threads", "0 is one per processor; never changes the result.", Defaults.Threads);

    internal void AddTo(Command command)
    {
        Option[] all =
        [
            _validFrom, _validShare, _purge, _refit, _rounds, _earlyStopping, _objective, _tweediePower, _growth, _leaves, _depth,
            _bins, _minRows, _minHessian, _rate, _l1, _l2, _rowShare, _featureShare, _recipe, _calibration, _search, _folds, _seed,
            _threads, _baseScore,
        ];
        _features.AddTo(command);
        foreach (Option option in all) command.Options.Add(option);
    }

    /// <summary>What must be known to read the table.</summary>
    internal TableColumns Complete(ParseResult parsed, TableColumns columns) => columns with
    {
        IsBinary = parsed.GetValue(_objective) == TrainingObjective.Logistic,
        Categorical = _features.Categorical(parsed),
    };

    internal TrainingJob Read(ParseResult parsed, TableFile file)
    {
        int search = parsed.GetValue(_search), folds = parsed.GetValue(_folds);
        if (search is < 0 or > 1000) throw new BadInputException("--search must be 0 to 1000");
        if (folds is not (0 or >= 2 and <= 20)) throw new BadInputException("--folds must be 0 or 2 to 20");
        return new TrainingJob(file, Options(parsed, file))
        {
            Ignored = _features.Ignored(parsed),
            ValidFrom = parsed.GetValue(_validFrom),
            ValidShare = parsed.GetValue(_validShare) is > 0 and < 1 and var share
                ? share
                : throw new BadInputException("--valid-share must be above 0 and below 1"),
            Horizon = parsed.GetValue(_purge) ?? TimeSpan.FromDays(file.Manifest?.HorizonDays ?? 0),
            IsRefit = parsed.GetValue(_refit),
            Trials = search > 0 ? search : folds > 0 ? 1 : 0,
            Folds = folds > 0 ? folds : DefaultFolds,
        };
    }

    private TrainingOptions Options(ParseResult parsed, TableFile file) => new()
    {
        Recipe = parsed.GetValue(_recipe),
        Objective = parsed.GetValue(_objective),
        TweediePower = parsed.GetValue(_tweediePower),
        Growth = parsed.GetValue(_growth),
        Categorical = _features.Categorical(parsed),
        Monotone = _features.Monotone(parsed),
        PositiveWeight = _features.PositiveWeight(parsed, file.Table),
        Rounds = parsed.GetValue(_rounds),
        EarlyStoppingRounds = parsed.GetValue(_earlyStopping),
        Leaves = parsed.GetValue(_leaves),
        MaxDepth = parsed.GetValue(_depth),
        Bins = parsed.GetValue(_bins),
        MinRowsPerLeaf = parsed.GetValue(_minRows),
        MinHessianPerLeaf = parsed.GetValue(_minHessian),
        LearningRate = parsed.GetValue(_rate),
        BaseScore = parsed.GetValue(_baseScore),
        L1 = parsed.GetValue(_l1),
        L2 = parsed.GetValue(_l2),
        RowShare = parsed.GetValue(_rowShare),
        FeatureShare = parsed.GetValue(_featureShare),
        Calibration = Calibration(parsed),
        Seed = parsed.GetValue(_seed),
        Threads = parsed.GetValue(_threads),
    };

    private CalibrationKind Calibration(ParseResult parsed)
    {
        bool isRefit = parsed.GetValue(_refit);
        bool canCalibrate = !isRefit && parsed.GetValue(_objective) == TrainingObjective.Logistic;
        CalibrationKind calibration =
            parsed.GetValue(_calibration) ?? (canCalibrate ? CalibrationKind.Platt : CalibrationKind.None);
        return isRefit && calibration != CalibrationKind.None
            ? throw new BadInputException(
                "--calibration needs rows that were not learnt from, and --refit learns from all: leave one of them out")
            : calibration;
    }

    private static Option<T> Number<T>(string name, string description, T value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
