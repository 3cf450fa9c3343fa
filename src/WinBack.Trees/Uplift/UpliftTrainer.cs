using WinBack.Trees.Ensemble;
using WinBack.Trees.ModelFiles;
using WinBack.Trees.Training;

namespace WinBack.Trees.Uplift;

/// <summary>Learns what treatments change, with S-, T-, X- and DR-learners on boosted trees.</summary>
/// <remarks>Every arm is compared with the control on the rows of these two. The same table and options give the same model.</remarks>
public sealed class UpliftTrainer
{
    /// <summary>The additional feature of an S-learner.</summary>
    public const string TreatedFeature = "treated";

    private readonly TreatmentTable _table;
    private readonly UpliftOptions _options;
    private readonly TrainingOptions _outcome;
    private readonly TrainingOptions _effect;
    private readonly CancellationToken _cancellation;

    private UpliftTrainer(TreatmentTable table, UpliftOptions options, CancellationToken cancellation)
    {
        _table = table;
        _options = options;
        _cancellation = cancellation;
        _outcome = options.Outcome with
        {
            Objective = table.IsBinary ? TrainingObjective.Logistic : TrainingObjective.SquaredError,
        };
        _effect = options.Effect with { Objective = TrainingObjective.SquaredError };
    }

    /// <exception cref="ArgumentException">Options out of range, or an arm whose outcomes are all the same.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was signalled.</exception>
    public static UpliftModel Train(TreatmentTable table, UpliftOptions options, CancellationToken cancellation = default)
    {
        if (options.Validate() is { Count: > 0 } errors)
        {
            throw new ArgumentException("The uplift options are not valid:\n  " + string.Join("\n  ", errors));
        }

        var trainer = new UpliftTrainer(table, options, cancellation);
        TreeEnsemble[] outcomes = Enumerable.Range(0, table.ArmCount).Select(arm => trainer.OutcomeModel(table.RowsOf(arm))).ToArray();
        var effects = Enumerable.Range(1, table.ArmCount - 1).Select(arm => options.Learner switch
        {
            MetaLearner.S => trainer.LearnS(arm),
            MetaLearner.T => new ArmEffect([new EffectPart(outcomes[arm], 1), new EffectPart(outcomes[0], -1)]),
            MetaLearner.X => trainer.LearnX(arm, outcomes),
            MetaLearner.DR => trainer.LearnDR(arm),
            _ => throw new ArgumentException($"There is no learner {options.Learner}."),
        }).ToArray();
        return new UpliftModel(options.Learner, table.ArmNames, outcomes, effects);
    }

    private TreeEnsemble OutcomeModel(int[] rows) => Fit(_table.ToTraining(rows), _outcome);

    private TreeEnsemble Fit(TrainingTable rows, TrainingOptions options) =>
        GradientBoostingTrainer.TrainEnsemble(rows, options, _cancellation);

    private ArmEffect LearnS(int arm)
    {
        int[] rows = PairRows(arm);
        var plain = _table.ToTraining(rows);
        float[] treated = rows.Select(row => _table.Arms[row] == arm ? 1f : 0f).ToArray();
        var columns = Enumerable.Range(0, plain.FeatureCount).Select(f => plain.Column(f).ToArray()).Append(treated).ToArray();
        var table = new TrainingTable([.. plain.FeatureNames, TreatedFeature], columns, plain.Labels.ToArray());
        var model = Fit(table, _outcome);
        return new ArmEffect([new EffectPart(model, 1, 1f), new EffectPart(model, -1, 0f)]);
    }

    /// <summary>Treated rows compare with what the control's model says of them, control rows the other way round.</summary>
    private ArmEffect LearnX(int arm, TreeEnsemble[] outcomes)
    {
        var treated = ImputedEffects(_table.RowsOf(arm), new TreeModel(outcomes[0]), sign: 1);
        var control = ImputedEffects(_table.RowsOf(0), new TreeModel(outcomes[arm]), sign: -1);
        double propensity = PairRows(arm).Average(row => _table.PairPropensity(row, arm));

        // The model of the larger arm's outcomes is the better one, and it imputed the other arm's effects.
        return new ArmEffect(
            [new EffectPart(Fit(treated, _effect), 1 - propensity), new EffectPart(Fit(control, _effect), propensity)]);
    }

    private TrainingTable ImputedEffects(int[] rows, TreeModel other, int sign)
    {
        var features = new float[_table.FeatureCount];
        var effects = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            double expected = 0;
            _table.CopyRow(rows[i], features);
            other.Predict(features, new Span<double>(ref expected));
            effects[i] = (float)(sign * (_table.Outcomes[rows[i]] - expected));
        }

        return _table.ToTraining(rows, effects);
    }

    private ArmEffect LearnDR(int arm)
    {
        var pair = _table.Select(PairRows(arm));
        int[] foldOf = CrossFit.Folds(pair.RowCount, _options.Folds, _options.Seed);
        int[] arms = pair.Arms.ToArray();
        TreeEnsemble Train(int[] rows) => Fit(pair.ToTraining(rows), _outcome);
        double[] treated = CrossFit.Predict(pair, foldOf, _options.Folds, row => arms[row] == arm, Train);
        double[] control = CrossFit.Predict(pair, foldOf, _options.Folds, row => arms[row] == 0, Train);
        var pseudo = new float[pair.RowCount];
        for (int row = 0; row < pseudo.Length; row++)
        {
            double e = pair.PairPropensity(row, arm);
            double y = pair.Outcomes[row];
            double correction = arms[row] == arm ? (y - treated[row]) / e : -(y - control[row]) / (1 - e);
            pseudo[row] = (float)(treated[row] - control[row] + correction);
        }

        return new ArmEffect([new EffectPart(Fit(pair.ToTraining(Enumerable.Range(0, pair.RowCount).ToArray(), pseudo), _effect), 1)]);
    }

    private int[] PairRows(int arm)
    {
        int[] arms = _table.Arms.ToArray();
        return Enumerable.Range(0, arms.Length).Where(row => arms[row] == arm || arms[row] == 0).ToArray();
    }
}
