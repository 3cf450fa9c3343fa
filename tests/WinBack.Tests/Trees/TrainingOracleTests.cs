using WinBack.Trees.Ensemble;
using WinBack.Trees.Scoring;
using WinBack.Trees.Training;

namespace WinBack.Tests.Trees;

/// <summary>
/// Checks trained trees against an exact, slow reading of the recipe: on the raw values, in double, every node must be a best
/// split of its rows, no remaining leaf may have had a better one, and every leaf must be the Newton step of its rows.
/// </summary>
public sealed class TrainingOracleTests
{
    /// <summary>Rounding gradients to integers moves a gain by far less than this share of it.</summary>
    private const double Tolerance = 1e-4;

    public static TheoryData<int, bool, TrainingOptions> Cases() => new()
    {
        { 1, false, new TrainingOptions() },
        { 2, true, new TrainingOptions() },
        { 3, false, new TrainingOptions { Recipe = TrainingRecipe.FastTree } },
        { 4, true, new TrainingOptions { MaxDepth = 3 } },
        { 5, true, new TrainingOptions { L1 = 0.8, L2 = 0 } },
        { 6, false, new TrainingOptions { L1 = 0.1, L2 = 12 } },
        { 7, true, new TrainingOptions { MinHessianPerLeaf = 6, Growth = TreeGrowth.DepthWise } },
        { 8, false, new TrainingOptions { Objective = TrainingObjective.SquaredError } },
        { 9, true, new TrainingOptions { Objective = TrainingObjective.Poisson, L1 = 0.2 } },
        { 10, true, new TrainingOptions { Monotone = Directions("f0", "f3", "f6") } },
        { 11, false, new TrainingOptions { Monotone = Directions("f1", "f5"), L1 = 0.3, Growth = TreeGrowth.DepthWise } },
        { 12, true, new TrainingOptions { BaseScore = -3 } },
        { 13, false, new TrainingOptions { BaseScore = 1, Objective = TrainingObjective.Poisson } },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Train_SmallTable_EverySplitIsBestAndEveryLeafANewtonStep(int seed, bool weights, TrainingOptions given)
    {
        var table = TrainingTables.Make(seed, 240, 7, weights);
        var options = given with { Rounds = 6, Leaves = 9, MinRowsPerLeaf = 5 };
        var ensemble = GradientBoostingTrainer.Train(table, options).Ensemble;

        double stepPerScore = ensemble.Link is LogisticLink link ? link.Slope : 1;
        var scores = Enumerable.Repeat(ensemble.BaseScores[0] * stepPerScore, table.RowCount).ToArray();
        Assert.Equal(6, ensemble.Trees.Count);
        foreach (var tree in ensemble.Trees)
        {
            var oracle = new Oracle(table, options, scores);
            oracle.Check(tree, stepPerScore);
            for (int row = 0; row < scores.Length; row++)
            {
                scores[row] += tree.LeafValues[ReferenceScorer.Leaf(tree, Row(table, row))] * stepPerScore;
            }
        }
    }

    /// <summary>Rising and falling by turns.</summary>
    private static Dictionary<string, MonotoneDirection> Directions(params string[] features) => features
        .Select((name, i) => (name, i % 2 == 0 ? MonotoneDirection.Increasing : MonotoneDirection.Decreasing)).ToDictionary();

    private static float[] Row(TrainingTable table, int row)
    {
        var features = new float[table.FeatureCount];
        table.CopyRow(row, features);
        return features;
    }

    private sealed class Oracle(TrainingTable table, TrainingOptions options, double[] scores)
    {
        private readonly double _l2 = options.Recipe == TrainingRecipe.FastTree ? 0 : options.L2;

        public void Check(Tree tree, double stepPerScore)
        {
            var available = new List<(int Parent, double Gain)>();
            Visit(0, Enumerable.Range(0, table.RowCount).ToArray(), 0, -1, (double.NegativeInfinity, double.PositiveInfinity));

            // Nodes are numbered in the order of the splits: a leaf made by node p was there when p + 1 and later were chosen.
            foreach (var (parent, gain) in available)
            {
                for (int later = parent + 1; later < tree.Nodes.Length && options.Growth == TreeGrowth.LeafWise; later++)
                {
                    Assert.True(gain <= tree.Gains[later] * (1 + Tolerance), $"Split {later} gained {tree.Gains[later]}, {gain} was there.");
                }

                Assert.True(tree.LeafCount == options.Leaves || gain <= Tolerance, $"A gain of {gain} was left.");
            }

            void Visit(int at, int[] rows, int depth, int parent, (double Least, double Most) bounds)
            {
                double best = options.MaxDepth > 0 && depth >= options.MaxDepth ? 0 : BestGain(rows, bounds);
                if (at < 0)
                {
                    available.Add((parent, best));
                    Assert.Equal(options.LearningRate * Step(rows, bounds), tree.LeafValues[~at] * stepPerScore, 1e-5);
                    return;
                }

                var node = tree.Nodes[at];
                var left = rows.Where(row => GoesLeft(node, row)).ToArray();
                var right = rows.Except(left).ToArray();
                double gain = Value(left, bounds) + Value(right, bounds) - Value(rows, bounds);
                Assert.InRange(gain, best * (1 - Tolerance), best * (1 + Tolerance));
                Assert.Equal(gain, tree.Gains[at], gain * 1e-3);
                int direction = DirectionOf(node.Feature);
                double middle = (Step(left, bounds) + Step(right, bounds)) / 2;
                var below = (bounds.Least, Math.Min(bounds.Most, middle));
                var above = (Math.Max(bounds.Least, middle), bounds.Most);
                Visit(node.Left, left, depth + 1, at, direction == 0 ? bounds : direction > 0 ? below : above);
                Visit(node.Right, right, depth + 1, at, direction == 0 ? bounds : direction > 0 ? above : below);
            }
        }

        private int DirectionOf(int feature) =>
            options.Monotone.TryGetValue(table.FeatureNames[feature], out var direction) ? (int)direction : 0;

        private bool GoesLeft(TreeNode node, int row)
        {
            float x = table.Column(node.Feature)[row];
            return float.IsNaN(x) ? node.MissingGoesLeft : x <= node.Threshold;
        }

        private double BestGain(int[] rows, (double Least, double Most) bounds)
        {
            double best = 0;
            for (int f = 0; f < table.FeatureCount; f++)
            {
                foreach (float threshold in rows.Select(row => table.Column(f)[row]).Where(x => !float.IsNaN(x)).Distinct())
                {
                    foreach (bool missingGoesLeft in (bool[])[true, false])
                    {
                        var node = new TreeNode { Feature = f, Threshold = threshold, MissingGoesLeft = missingGoesLeft };
                        var left = rows.Where(row => GoesLeft(node, row)).ToArray();
                        var right = rows.Where(row => !GoesLeft(node, row)).ToArray();
                        if (IsAllowed(left) && IsAllowed(right)
                            && DirectionOf(f) * (Step(right, bounds) - Step(left, bounds)) >= 0)
                        {
                            best = Math.Max(best, Value(left, bounds) + Value(right, bounds) - Value(rows, bounds));
                        }
                    }
                }
            }

            return best;
        }

        private bool IsAllowed(int[] rows) => rows.Length >= options.MinRowsPerLeaf && rows.Sum(Hessian) >= options.MinHessianPerLeaf;

        /// <summary>Twice what the leaf takes from the loss, to second order, penalties taken off.</summary>
        private double Value(int[] rows, (double Least, double Most) bounds)
        {
            double gradient = rows.Sum(Gradient);
            if (options.Recipe == TrainingRecipe.FastTree) return gradient * gradient / rows.Length;
            double step = Step(rows, bounds);
            double hessian = rows.Sum(Hessian) + _l2;
            return (2 * gradient * step) - (hessian * step * step) - (2 * options.L1 * Math.Abs(step));
        }

        private double Step(int[] rows, (double Least, double Most) bounds)
        {
            double gradient = rows.Sum(Gradient);
            double pulled = Math.Abs(gradient) <= options.L1 ? 0 : gradient - (Math.Sign(gradient) * options.L1);
            return Math.Clamp(pulled / (rows.Sum(Hessian) + _l2), bounds.Least, bounds.Most);
        }

        private double Gradient(int row) => (table.Labels[row] - Mean(row)) * Weight(row);

        private double Hessian(int row) => Weight(row) * options.Objective switch
        {
            TrainingObjective.Logistic => Mean(row) * (1 - Mean(row)),
            TrainingObjective.Poisson => Mean(row) * Math.Exp(0.7),
            _ => 1,
        };

        private double Mean(int row) => options.Objective switch
        {
            TrainingObjective.Logistic => 1 / (1 + Math.Exp(-scores[row])),
            TrainingObjective.Poisson => Math.Exp(scores[row]),
            _ => scores[row],
        };

        private double Weight(int row) => table.Weights.Length == 0 ? 1 : table.Weights[row];
    }
}
