using WinBack.Trees.Ensemble;
using WinBack.Trees.ModelFiles;

namespace WinBack.Trees.Uplift;

/// <summary>Predicts the outcome under each arm, and what each arm adds to the control. Safe for concurrent use.</summary>
public sealed class UpliftModel
{
    private readonly TreeModel[] _outcomes;
    private readonly ArmEffect[] _effects;

    /// <param name="learner">How <paramref name="effects"/> were learnt.</param>
    /// <param name="armNames">The control first.</param>
    /// <param name="outcomes">One per arm.</param>
    /// <param name="effects">One per arm but the control.</param>
    /// <exception cref="ArgumentException">The counts do not fit.</exception>
    public UpliftModel(
        MetaLearner learner, IReadOnlyList<string> armNames, IReadOnlyList<TreeEnsemble> outcomes, IReadOnlyList<ArmEffect> effects)
    {
        if (outcomes.Count != armNames.Count || effects.Count != armNames.Count - 1)
        {
            throw new ArgumentException($"{armNames.Count} arms need as many outcome models and one effect less.");
        }

        Learner = learner;
        ArmNames = armNames.ToArray();
        Outcomes = outcomes.ToArray();
        _outcomes = outcomes.Select(ensemble => new TreeModel(ensemble)).ToArray();
        _effects = effects.ToArray();
    }

    public MetaLearner Learner { get; }

    /// <summary>The control first.</summary>
    public IReadOnlyList<string> ArmNames { get; }

    /// <summary>One per arm.</summary>
    public IReadOnlyList<TreeEnsemble> Outcomes { get; }

    /// <summary>One per arm but the control.</summary>
    public IReadOnlyList<ArmEffect> Effects => _effects;

    /// <summary>The expected outcome of a row under an arm.</summary>
    /// <param name="features">Shape [F]; missing is NaN.</param>
    public double Outcome(int arm, ReadOnlySpan<float> features)
    {
        double outcome = 0;
        _outcomes[arm].Predict(features, new Span<double>(ref outcome));
        return outcome;
    }

    /// <summary>What an arm adds to the expected outcome of a row, in units of the outcome; 0 for the control.</summary>
    /// <param name="features">Shape [F]; missing is NaN.</param>
    public double Effect(int arm, ReadOnlySpan<float> features) => arm == 0 ? 0 : _effects[arm - 1].Of(features);

    /// <summary>The effects of all rows of a table, shape [arms][rows].</summary>
    public double[][] EffectsOf(TreatmentTable table) => ByArm(table, Effect);

    /// <summary>The expected outcomes of all rows of a table, shape [arms][rows].</summary>
    public double[][] OutcomesOf(TreatmentTable table) => ByArm(table, Outcome);

    private double[][] ByArm(TreatmentTable table, Predictor predict)
    {
        var features = new float[table.FeatureCount];
        var byArm = ArmNames.Select(_ => new double[table.RowCount]).ToArray();
        for (int row = 0; row < table.RowCount; row++)
        {
            table.CopyRow(row, features);
            for (int arm = 0; arm < byArm.Length; arm++)
            {
                byArm[arm][row] = predict(arm, features);
            }
        }

        return byArm;
    }

    private delegate double Predictor(int arm, ReadOnlySpan<float> features);
}
