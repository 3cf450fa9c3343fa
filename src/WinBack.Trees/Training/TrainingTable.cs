namespace WinBack.Trees.Training;

/// <summary>Rows to learn from, column by column.</summary>
/// <remarks>The arrays are kept, not copied: do not change them while the table is in use.</remarks>
public sealed class TrainingTable
{
    private readonly float[][] _columns;
    private readonly float[] _labels;
    private readonly float[] _weights;
    private readonly DateTimeOffset[] _times;

    /// <param name="featureNames">One per column; unique.</param>
    /// <param name="columns">Shape [F][rows]; missing is NaN, infinities are ordinary values.</param>
    /// <param name="labels">Shape [rows]; finite. What else they must be, the objective says.</param>
    /// <param name="weights">Shape [rows]; finite and not negative. Null counts every row once.</param>
    /// <param name="times">Shape [rows]; the as-of time of each row. Null when unknown: then no split by time.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label or a weight is not allowed.</exception>
    public TrainingTable(
        IReadOnlyList<string> featureNames,
        IReadOnlyList<float[]> columns,
        float[] labels,
        float[]? weights = null,
        DateTimeOffset[]? times = null)
    {
        FeatureNames = featureNames.ToArray();
        _columns = columns.ToArray();
        _labels = labels;
        _weights = weights ?? [];
        _times = times ?? [];
        CheckLengths();
        CheckValues();
    }

    public IReadOnlyList<string> FeatureNames { get; }

    public int FeatureCount => FeatureNames.Count;

    public int RowCount => _labels.Length;

    /// <summary>Shape [rows]; finite.</summary>
    public ReadOnlySpan<float> Labels => _labels;

    /// <summary>Shape [rows], or empty when every row counts once.</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>Shape [rows], or empty when unknown.</summary>
    public ReadOnlySpan<DateTimeOffset> Times => _times;

    /// <summary>The values of one feature, shape [rows].</summary>
    public ReadOnlySpan<float> Column(int feature) => _columns[feature];

    public float WeightOf(int row) => _weights.Length == 0 ? 1 : _weights[row];

    /// <summary>Gathers one row, in feature order.</summary>
    /// <param name="row">0 to rows - 1.</param>
    /// <param name="features">Shape [F].</param>
    public void CopyRow(int row, Span<float> features)
    {
        for (int f = 0; f < _columns.Length; f++)
        {
            features[f] = _columns[f][row];
        }
    }

    /// <summary>A new table of the given rows, in the given order.</summary>
    public TrainingTable Select(IReadOnlyList<int> rows) => new(
        FeatureNames,
        _columns.Select(column => Pick(column, rows)).ToArray(),
        Pick(_labels, rows),
        _weights.Length == 0 ? null : Pick(_weights, rows),
        _times.Length == 0 ? null : Pick(_times, rows));

    /// <summary>
    /// Holds out a share of the rows: the latest ones when times are known (a random part would leak the future), else a
    /// seeded random part. Rows of one instant are never split, so the held-out share may be a little larger or smaller.
    /// </summary>
    /// <param name="fraction">Share to hold out, above 0 and below 1.</param>
    /// <param name="seed">Only used when times are unknown.</param>
    /// <exception cref="ArgumentException">One of the two parts would be empty.</exception>
    public (TrainingTable Kept, TrainingTable HeldOut) HoldOut(double fraction, ulong seed)
    {
        var (kept, heldOut) = HoldOutRows(fraction, seed);
        return (Select(kept), Select(heldOut));
    }

    /// <summary>The row numbers of <see cref="HoldOut"/>, both ascending.</summary>
    /// <inheritdoc cref="HoldOut"/>
    public (int[] Kept, int[] HeldOut) HoldOutRows(double fraction, ulong seed)
    {
        var order = Enumerable.Range(0, RowCount).ToArray();
        int cut = RowCount - (int)Math.Round(RowCount * fraction);
        if (_times.Length > 0)
        {
            order = order.OrderBy(row => _times[row]).ToArray();
            cut = StartOfInstant(order, cut);
        }
        else
        {
            new SeededSequence(seed).Shuffle(order);
        }

        if (cut <= 0 || cut >= RowCount)
        {
            throw new ArgumentException(
                $"Holding out {fraction:0.###} of {RowCount} rows leaves one part empty (rows of one instant stay together).");
        }

        return (order[..cut].Order().ToArray(), order[cut..].Order().ToArray());
    }

    private int StartOfInstant(int[] order, int cut)
    {
        while (cut > 0 && cut < order.Length && _times[order[cut]] == _times[order[cut - 1]])
        {
            cut--;
        }

        return cut;
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

    private void CheckLengths()
    {
        if (_columns.Length != FeatureCount)
        {
            throw new ArgumentException($"{FeatureCount} feature names for {_columns.Length} columns.");
        }

        for (int f = 0; f < _columns.Length; f++)
        {
            if (_columns[f].Length != RowCount)
            {
                throw new ArgumentException($"Column '{FeatureNames[f]}' has {_columns[f].Length} rows, the labels {RowCount}.");
            }
        }

        if ((_weights.Length != 0 && _weights.Length != RowCount) || (_times.Length != 0 && _times.Length != RowCount))
        {
            throw new ArgumentException($"{_weights.Length} weights and {_times.Length} times for {RowCount} rows.");
        }
    }

    private void CheckValues()
    {
        for (int row = 0; row < RowCount; row++)
        {
            if (!float.IsFinite(_labels[row]))
            {
                throw new ArgumentException($"Row {row}: label {_labels[row]} is not finite.");
            }
        }

        for (int row = 0; row < _weights.Length; row++)
        {
            if (!(float.IsFinite(_weights[row]) && _weights[row] >= 0))
            {
                throw new ArgumentException($"Row {row}: weight {_weights[row]} must be finite and not negative.");
            }
        }
    }
}
