using System.Runtime.CompilerServices;
using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Training;

/// <summary>The boosting loop: gradients, one tree, new scores, and so on, with the held-out part watched.</summary>
internal sealed class BoostingRun
{
    private readonly TrainingTable _table;
    private readonly TrainingOptions _options;
    private readonly ParallelOptions _parallel;
    private readonly BinnedTable _binned;
    private readonly Objective _objective;
    private readonly GradientPass _pass;
    private readonly int[] _directions;
    private readonly BoostedRows? _heldOut;
    private readonly double[] _scores;
    private readonly ulong[] _gradients;
    private readonly List<Tree> _trees = [];
    private readonly List<TrainingProgress> _history = [];
    private readonly double _baseScore;
    private readonly bool _startsAtBest;
    private int _bestRound;

    public BoostingRun(TrainingTable table, TrainingTable? heldOut, TrainingOptions options)
    {
        _table = table;
        _options = options;
        _parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.Threads == 0 ? Environment.ProcessorCount : options.Threads,
        };
        var rules = new FeatureRules(table.FeatureNames, options);
        _directions = rules.Directions;
        _binned = BinnedTable.Create(table, options.Bins, rules.IsCategory, _parallel);
        _objective = Objective.Create(options);
        _pass = new GradientPass(table, _objective, options.PositiveWeight);
        double? given = options.Recipe == TrainingRecipe.FastTree ? 0 : options.BaseScore;
        _baseScore = given ?? _objective.BaseScore(_pass.MeanLabel);
        _startsAtBest = given is null;
        _scores = new double[table.RowCount];
        Array.Fill(_scores, _baseScore);
        _gradients = new ulong[table.RowCount];
        if (heldOut is not null)
        {
            var heldOutPass = new GradientPass(heldOut, _objective, options.PositiveWeight);
            _heldOut = new BoostedRows(heldOut, _binned.Rebin(heldOut, _parallel), heldOutPass, _baseScore, _parallel);
        }
    }

    public IReadOnlyList<TrainingProgress> History => _history;

    /// <summary>In the FastTree recipe one raw-score unit is 2 * rate log-odds.</summary>
    private double StepPerScore => _options.Recipe == TrainingRecipe.FastTree ? 2 * _options.LearningRate : 1;

    public void Boost(IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var grower = new TreeGrower(_binned, _options, _directions, _objective.LargestStep, 1 / StepPerScore, _parallel);
        double bestLoss = double.PositiveInfinity;
        double loss = _pass.Write(_scores, _gradients, _parallel);
        for (int round = 1; round <= _options.Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var grown = grower.Grow(round, _gradients, _pass.Scale);
            if (grown.Leaves.Count == 1 && _startsAtBest && _options is { RowShare: >= 1, FeatureShare: >= 1 })
            {
                // No split is worth making; later rounds would find none either, for they see the same rows and features. From
                // another start than the best constant a tree of one leaf is a step to it, after which there may be one.
                break;
            }

            _trees.Add(grown.Tree);
            if (grower.SeesAllRows) AddSteps(grown, grower.RowOrder);
            else grown.AddTo(_scores, _binned, _parallel);
            _heldOut?.Add(grown);
            loss = _pass.Write(_scores, _gradients, _parallel);
            var report = Report(round, loss);
            progress?.Report(report);
            if (!(report.ValidationLoss >= bestLoss))
            {
                bestLoss = report.ValidationLoss;
                _bestRound = round;
            }
            else if (_options.EarlyStoppingRounds > 0 && round - _bestRound >= _options.EarlyStoppingRounds)
            {
                break;
            }
        }
    }

    public TreeEnsemble ToEnsemble()
    {
        int kept = _heldOut is not null && _options.EarlyStoppingRounds > 0 ? _bestRound : _trees.Count;
        return new TreeEnsemble(
            _table.FeatureNames,
            _trees.Take(kept).ToArray(),
            _options.Recipe == TrainingRecipe.FastTree ? new LogisticLink(StepPerScore) : _objective.Link,
            [_baseScore / StepPerScore]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddSteps(GrownTree grown, int[] rowOrder)
    {
        for (int number = 0; number < grown.Leaves.Count; number++)
        {
            var leaf = grown.Leaves[number];
            foreach (int row in rowOrder.AsSpan(leaf.Start, leaf.Rows))
            {
                _scores[row] += grown.Steps[number];
            }
        }
    }

    private TrainingProgress Report(int round, double loss)
    {
        double auc = _options.Objective == TrainingObjective.Logistic ? _heldOut?.Auc() ?? double.NaN : double.NaN;
        var report = new TrainingProgress(round, _options.Rounds, loss, _heldOut?.Loss() ?? double.NaN, auc);
        _history.Add(report);
        return report;
    }
}
