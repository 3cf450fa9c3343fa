using WinBack.Trees.Ensemble;
using WinBack.Trees.Scoring;

namespace WinBack.Trees.Explain;

/// <summary>Divides the raw score of a row among its features: exact Shapley values of the trees.</summary>
/// <remarks>
/// <para>What a set S of known features is worth is the expectation that Lundberg et al. (2018) call path-dependent: at a
/// question about a feature of S the row goes its way, at any other it goes both ways, weighted by the training rows that
/// went there. Expected value + sum of all contributions = raw score.</para>
/// <para>Method: a leaf is reached with probability p(q) = product over the groups on its way of (share * (1 - q) + reached * q)
/// when each feature is known with probability q, and a Shapley value is the integral over q in (0, 1) of the derivative
/// for one feature (Owen 1972). That is a polynomial of degree D - 1 for D groups, so Gauss-Legendre with half as many points is
/// exact. All terms are positive products, so unlike the published recursion nothing cancels; the cost is the same,
/// trees * leaves * D^2.</para>
/// Safe for concurrent use.
/// </remarks>
public sealed class TreeShap
{
    /// <summary>Deeper trees come from no trainer; ways through them would take memory without bound.</summary>
    private const int MaxDepth = 512;

    private readonly TreeEnsemble _ensemble;
    private readonly IReadOnlyList<LeafPath>[] _paths;
    private readonly GaussLegendre[] _quadratures;
    private readonly double[] _expected;

    /// <exception cref="ArgumentException">
    /// A tree does not know how many rows reached its leaves (see <see cref="KnowsCovers"/>), or is deeper than 512 questions.
    /// </exception>
    public TreeShap(TreeEnsemble ensemble)
    {
        if (!KnowsCovers(ensemble))
        {
            throw new ArgumentException(
                "The model's file does not say how many training rows reached each leaf (ML.NET and ONNX files do not): "
                + "count them on a table with CoverCounts.");
        }

        if (ensemble.Trees.Any(tree => tree.Depth() > MaxDepth))
        {
            throw new ArgumentException($"Trees of more than {MaxDepth} questions in a row cannot be explained.");
        }

        _ensemble = ensemble;
        Groups = FeatureGroups.Of(ensemble);
        _paths = ensemble.Trees.Select(tree => LeafPaths.Of(tree, Groups)).ToArray();
        int longest = _paths.SelectMany(paths => paths).Select(path => path.Groups.Length).DefaultIfEmpty().Max();
        _quadratures = Enumerable.Range(0, (longest / 2) + 2).Select(GaussLegendre.OfPoints).ToArray();
        _expected = Expected();
    }

    /// <summary>What contributions are given for.</summary>
    public FeatureGroups Groups { get; }

    /// <summary>Per output: the mean raw score over the training rows, as the leaf counts tell it.</summary>
    public ReadOnlySpan<double> ExpectedValues => _expected;

    /// <summary>Whether every tree knows the training weight of its leaves.</summary>
    public static bool KnowsCovers(TreeEnsemble ensemble) =>
        ensemble.Trees.All(tree => tree.LeafWeights.Length == tree.LeafCount || tree.Nodes.Length == 0);

    /// <summary>Writes what each feature group adds to the raw score of a row.</summary>
    /// <param name="features">Shape [F]; missing is NaN, which is a value like any other: being missing may contribute.</param>
    /// <param name="contributions">
    /// Shape [outputs * groups], output by output; in raw-score units. With the expected value they sum to the raw score,
    /// before the rounding that <see cref="ScorePrecision"/> asks for.
    /// </param>
    /// <exception cref="ArgumentException">A length does not match the ensemble.</exception>
    public void Contributions(ReadOnlySpan<float> features, Span<double> contributions)
    {
        Lengths.Check(_ensemble, features, contributions.Length, _ensemble.OutputCount * Groups.Count);
        contributions.Clear();
        for (int t = 0; t < _paths.Length; t++)
        {
            var tree = _ensemble.Trees[t];
            bool[] goesLeft = new bool[tree.Nodes.Length];
            for (int n = 0; n < goesLeft.Length; n++)
            {
                goesLeft[n] = ReferenceScorer.GoesLeft(tree, tree.Nodes[n], features);
            }

            var output = contributions.Slice(tree.Output * Groups.Count, Groups.Count);
            foreach (var path in _paths[t])
            {
                Add(path, goesLeft, output);
            }
        }

        foreach (ref double contribution in contributions)
        {
            contribution /= _ensemble.Divisor;
        }
    }

    private void Add(LeafPath path, bool[] goesLeft, Span<double> output)
    {
        int count = path.Groups.Length;
        Span<bool> reached = count <= 64 ? stackalloc bool[count] : new bool[count];
        reached.Fill(true);
        foreach (var step in path.Steps)
        {
            reached[step.Place] &= goesLeft[step.Node] == step.IsLeft;
        }

        for (int i = 0; i < count; i++)
        {
            // Nobody gets here, known or not; below, a factor would be 0.
            if (!reached[i] && path.Shares[i] == 0)
            {
                return;
            }
        }

        var quadrature = _quadratures[(count + 1) / 2];
        for (int point = 0; point < quadrature.Points.Length; point++)
        {
            double q = quadrature.Points[point];
            double all = path.Value * quadrature.Weights[point];
            for (int i = 0; i < count; i++)
            {
                all *= Probability(path.Shares[i], reached[i], q);
            }

            for (int i = 0; i < count; i++)
            {
                double others = all / Probability(path.Shares[i], reached[i], q);
                output[path.Groups[i]] += ((reached[i] ? 1 : 0) - path.Shares[i]) * others;
            }
        }
    }

    private static double Probability(double share, bool reached, double q) => (share * (1 - q)) + (reached ? q : 0);

    private double[] Expected()
    {
        var expected = _ensemble.BaseScores.ToArray();
        for (int t = 0; t < _paths.Length; t++)
        {
            expected[_ensemble.Trees[t].Output] += _paths[t].Sum(path => path.Value * path.Share());
        }

        return expected.Select(sum => sum / _ensemble.Divisor).ToArray();
    }
}
