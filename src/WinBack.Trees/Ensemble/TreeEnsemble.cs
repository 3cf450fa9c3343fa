namespace WinBack.Trees.Ensemble;

/// <summary>An immutable, validated sum of decision trees: what every reader produces and every scorer takes.</summary>
/// <remarks>
/// raw score of output k = (sum of the leaf values of k's trees, in double, in tree order, started from base score k) / divisor,
/// rounded as <see cref="Precision"/> says.
/// The order of summation is part of the contract: every scorer gives the same bits.
/// </remarks>
public sealed class TreeEnsemble
{
    private readonly double[] _baseScores;
    private readonly int[] _outputs;

    /// <param name="featureNames">One per feature, in feature-vector order; unique and not empty.</param>
    /// <param name="trees">In summation order; may be empty.</param>
    /// <param name="link">Raw scores to predictions.</param>
    /// <param name="baseScores">One per output, in raw-score units. Null is one output that starts from 0.</param>
    /// <param name="divisor">1 for a sum, the number of trees for an average.</param>
    /// <param name="precision">See <see cref="ScorePrecision"/>.</param>
    /// <exception cref="ArgumentException">Something does not fit together; the message lists every fault (at most 20).</exception>
    public TreeEnsemble(
        IReadOnlyList<string> featureNames,
        IReadOnlyList<Tree> trees,
        Link link,
        IReadOnlyList<double>? baseScores = null,
        double divisor = 1,
        ScorePrecision precision = ScorePrecision.Double)
    {
        FeatureNames = featureNames.ToArray();
        Trees = trees.ToArray();
        Link = link;
        _baseScores = baseScores?.ToArray() ?? [0.0];
        Divisor = divisor;
        Precision = precision;
        _outputs = Trees.Select(tree => tree.Output).ToArray();

        var errors = TreeEnsembleValidator.Validate(this);
        if (errors.Count > 0)
        {
            throw new ArgumentException("The tree ensemble is not valid:\n  " + string.Join("\n  ", errors));
        }
    }

    public IReadOnlyList<string> FeatureNames { get; }

    public IReadOnlyList<Tree> Trees { get; }

    public Link Link { get; }

    public ReadOnlySpan<double> BaseScores => _baseScores;

    public double Divisor { get; }

    public ScorePrecision Precision { get; }

    public int FeatureCount => FeatureNames.Count;

    public int OutputCount => _baseScores.Length;

    /// <summary>Leaves over all trees.</summary>
    public int LeafCount => Trees.Sum(tree => tree.LeafCount);

    /// <summary>The same trees under another link, for instance after calibration.</summary>
    public TreeEnsemble WithLink(Link link) => new(FeatureNames, Trees, link, _baseScores, Divisor, Precision);

    /// <summary>Adds up the chosen leaves exactly as the class remarks say. The one place where the order is written down.</summary>
    /// <param name="leafValues">Shape [trees]; the value of the leaf reached in each tree.</param>
    /// <param name="scores">Shape [outputs].</param>
    internal void Sum(ReadOnlySpan<double> leafValues, Span<double> scores)
    {
        _baseScores.CopyTo(scores);
        if (Precision == ScorePrecision.SingleSums)
        {
            SumInSingle(leafValues, scores);
        }
        else if (scores.Length == 1)
        {
            double sum = scores[0];
            foreach (double value in leafValues)
            {
                sum += value;
            }

            scores[0] = sum;
        }
        else
        {
            for (int t = 0; t < leafValues.Length; t++)
            {
                scores[_outputs[t]] += leafValues[t];
            }
        }

        foreach (ref double score in scores)
        {
            score = Finish(score);
        }
    }

    private void SumInSingle(ReadOnlySpan<double> leafValues, Span<double> scores)
    {
        if (scores.Length == 1)
        {
            // The same additions with the sum in a register.
            float sum = (float)scores[0];
            foreach (double value in leafValues)
            {
                sum += (float)value;
            }

            scores[0] = sum;
            return;
        }

        foreach (ref double score in scores)
        {
            score = (float)score;
        }

        for (int t = 0; t < leafValues.Length; t++)
        {
            ref double score = ref scores[_outputs[t]];
            score = (float)score + (float)leafValues[t];
        }
    }

    /// <summary>What becomes of the sum of one output.</summary>
    internal double Finish(double sum)
    {
        double score = sum / Divisor;
        return Precision == ScorePrecision.Double ? score : (float)score;
    }
}
