using WinBack.Trees.Training;

namespace WinBack.Trees.Uplift;

/// <summary>Rows of which one knows what was done and what came of it: an experiment, or history with propensities.</summary>
/// <remarks>Arm 0 is the control: nothing was done. The arrays are kept, not copied.</remarks>
public sealed class TreatmentTable
{
    private readonly float[][] _columns;
    private readonly float[] _outcomes;
    private readonly int[] _arms;
    private readonly float[][] _propensities;

    /// <param name="featureNames">One per column; known before the treatment.</param>
    /// <param name="columns">Shape [F][rows]; missing is NaN.</param>
    /// <param name="outcomes">Shape [rows]; finite: 0 or 1, or an amount.</param>
    /// <param name="arms">Shape [rows]; index into <paramref name="armNames"/>.</param>
    /// <param name="armNames">The control first; two at least.</param>
    /// <param name="propensities">
    /// Shape [arms][rows]; the probability that the row was given each arm, above 0. Null takes the share of each arm, which
    /// is right for an experiment that gave arms by lot, and for nothing else.
    /// </param>
    /// <exception cref="ArgumentException">Lengths differ, an arm has no rows, or a propensity is not above 0.</exception>
    public TreatmentTable(
        IReadOnlyList<string> featureNames,
        IReadOnlyList<float[]> columns,
        float[] outcomes,
        int[] arms,
        IReadOnlyList<string> armNames,
        IReadOnlyList<float[]>? propensities = null)
    {
        FeatureNames = featureNames.ToArray();
        ArmNames = armNames.ToArray();
        _columns = columns.ToArray();
        _outcomes = outcomes;
        _arms = arms;
        CheckRows();
        CheckArms();
        _propensities = propensities?.ToArray() ?? Shares();
        CheckPropensities();
    }

    /// <summary>Some rows of another table; arms may be missing among them.</summary>
    private TreatmentTable(TreatmentTable all, IReadOnlyList<int> rows)
    {
        FeatureNames = all.FeatureNames;
        ArmNames = all.ArmNames;
        _columns = all._columns.Select(column => Pick(column, rows)).ToArray();
        _outcomes = Pick(all._outcomes, rows);
        _arms = Pick(all._arms, rows);
        _propensities = all._propensities.Select(column => Pick(column, rows)).ToArray();
    }

    public IReadOnlyList<string> FeatureNames { get; }

    public int FeatureCount => FeatureNames.Count;

    /// <summary>The control first.</summary>
    public IReadOnlyList<string> ArmNames { get; }

    public int ArmCount => ArmNames.Count;

    public int RowCount => _outcomes.Length;

    /// <summary>Shape [rows].</summary>
    public ReadOnlySpan<float> Outcomes => _outcomes;

    /// <summary>Shape [rows].</summary>
    public ReadOnlySpan<int> Arms => _arms;

    /// <summary>Whether every outcome is 0 or 1.</summary>
    public bool IsBinary => Array.TrueForAll(_outcomes, outcome => outcome is 0 or 1);

    /// <summary>The values of one feature, shape [rows].</summary>
    public ReadOnlySpan<float> Column(int feature) => _columns[feature];

    /// <summary>The probability that a row was given an arm.</summary>
    public double Propensity(int row, int arm) => _propensities[arm][row];

    /// <summary>The probability of an arm among that arm and the control.</summary>
    public double PairPropensity(int row, int arm) => Propensity(row, arm) / (Propensity(row, arm) + Propensity(row, 0));

    /// <summary>The rows that were given an arm, ascending.</summary>
    public int[] RowsOf(int arm) => Enumerable.Range(0, RowCount).Where(row => _arms[row] == arm).ToArray();

    /// <summary>Gathers the features of one row.</summary>
    public void CopyRow(int row, Span<float> features)
    {
        for (int f = 0; f < _columns.Length; f++)
        {
            features[f] = _columns[f][row];
        }
    }

    /// <summary>The same rows with other propensities.</summary>
    public TreatmentTable WithPropensities(IReadOnlyList<float[]> propensities) =>
        new(FeatureNames, _columns, _outcomes, _arms, ArmNames, propensities);

    /// <summary>A table of the given rows. Propensities are those of this table, not shares anew.</summary>
    public TreatmentTable Select(IReadOnlyList<int> rows) => new(this, rows);

    /// <summary>Rows to learn the outcome, or something else, from the features.</summary>
    /// <param name="rows">In the order wanted.</param>
    /// <param name="labels">Shape [rows]; null is the outcome.</param>
    public TrainingTable ToTraining(IReadOnlyList<int> rows, float[]? labels = null) => new(
        FeatureNames, _columns.Select(column => Pick(column, rows)).ToArray(), labels ?? Pick(_outcomes, rows));

    /// <summary>Holds out a random share of the rows, the same for the same seed.</summary>
    /// <param name="share">Above 0, below 1.</param>
    public (TreatmentTable Kept, TreatmentTable HeldOut) HoldOut(double share, ulong seed)
    {
        int[] order = Enumerable.Range(0, RowCount).ToArray();
        new SeededSequence(seed).Shuffle(order);
        int cut = RowCount - (int)Math.Round(RowCount * share);
        return (Select(order[..cut].Order().ToArray()), Select(order[cut..].Order().ToArray()));
    }

    private static T[] Pick<T>(T[] source, IReadOnlyList<int> rows)
    {
        var picked = new T[rows.Count];
        for (int i = 0; i < picked.Length; i++)
        {
            picked[i] = source[rows[i]];
        }

        return picked;
    }

    private float[][] Shares() => Enumerable.Range(0, ArmCount)
        .Select(arm => Enumerable.Repeat((float)RowsOf(arm).Length / RowCount, RowCount).ToArray())
        .ToArray();

    private void CheckRows()
    {
        if (_columns.Length != FeatureCount || _columns.Any(column => column.Length != RowCount) || _arms.Length != RowCount)
        {
            throw new ArgumentException(
                $"{FeatureCount} features, {_columns.Length} columns, {RowCount} outcomes and {_arms.Length} arms do not fit.");
        }

    }

    private void CheckArms()
    {
        if (ArmCount < 2 || _arms.Any(arm => arm < 0 || arm >= ArmCount))
        {
            throw new ArgumentException($"Arms must be numbers from 0 to {ArmCount - 1}, and a control and another one are needed.");
        }

        for (int arm = 0; arm < ArmCount; arm++)
        {
            if (!_arms.Contains(arm))
            {
                throw new ArgumentException($"No row was given '{ArmNames[arm]}'.");
            }
        }
    }

    private void CheckPropensities()
    {
        if (_propensities.Length != ArmCount || _propensities.Any(column => column.Length != RowCount))
        {
            throw new ArgumentException($"Propensities of {ArmCount} arms and {RowCount} rows are needed.");
        }

        if (_propensities.Any(column => column.Any(p => !(p > 0 && p <= 1))))
        {
            throw new ArgumentException(
                "A propensity is not above 0 and at most 1: nothing can be said about arms that a row could not be given.");
        }
    }
}
