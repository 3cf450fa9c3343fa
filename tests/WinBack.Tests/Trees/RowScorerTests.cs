using System.Runtime.Intrinsics.X86;
using WinBack.Trees.Ensemble;
using WinBack.Trees.Scoring;

namespace WinBack.Tests.Trees;

public sealed class RowScorerTests
{
    /// <summary>Small trees fit every path; the sizes of the second kind cross the limits of some.</summary>
    [Theory]
    [InlineData(1, 31, 40)]
    [InlineData(2, 19, 70)]
    [InlineData(3, 40, 64)]
    [InlineData(4, 7, 12)]
    public void Scores_RandomEnsemblesAndRows_SameLeavesAndBitsOnEveryPath(int seed, int maxNodes, int maxFeatures)
    {
        var random = new Random(seed);
        int withSets = 0;
        for (int round = 0; round < 60; round++)
        {
            int features = random.Next(1, maxFeatures);
            int outputs = random.Next(1, 4);

            // Questions about sets need a column each: few trees, so that the row still fits the registers.
            bool sets = round % 2 == 0;
            int trees = random.Next(0, sets ? 4 : 40);
            var scorers = Scorers(RandomEnsembles.Ensemble(random, trees, features, maxNodes, outputs, sets));
            Assert.Contains(scorers, scorer => scorer.Path == ScoringPath.Portable);
            withSets += sets && scorers.Any(scorer => scorer.Path == ScoringPath.Avx2) ? 1 : 0;
            for (int r = 0; r < 20; r++)
            {
                AssertSame(scorers, RandomEnsembles.Row(random, features));
            }
        }

        Assert.True(!Avx2.IsSupported || withSets >= 5, $"{withSets} ensembles with sets took the vector path");
    }

    [Fact]
    public void Scores_ManyTreesAndFeatures_BeyondStackBuffers_SameAsReference()
    {
        var random = new Random(5);
        var ensemble = RandomEnsembles.Ensemble(random, 700, 900, 30);
        var many = RandomEnsembles.Ensemble(random, 1500, 30, 31, sets: false);
        var scorers = Scorers(ensemble);
        var manyScorers = Scorers(many);
        for (int r = 0; r < 20; r++)
        {
            AssertSame(scorers, RandomEnsembles.Row(random, 900));
            AssertSame(manyScorers, RandomEnsembles.Row(random, 30));
        }
    }

    [Theory]
    [InlineData(ScoringPath.Avx2, 8)]
    [InlineData(ScoringPath.Avx512, 16)]
    public void TryCreate_SmallTrees_GivesThePathWhereTheProcessorHasIt(ScoringPath path, int lanes)
    {
        bool isSupported = path == ScoringPath.Avx2 ? Avx2.IsSupported : Avx512F.IsSupported;
        var ensemble = RandomEnsembles.Ensemble(new Random(8), 10, 20, lanes, sets: false);

        Assert.Equal(isSupported, RowScorer.TryCreate(ensemble, path) is { } scorer && scorer.Path == path);
    }

    [Fact]
    public void Create_TreesTooLargeForRegisters_TakesThePortablePath()
    {
        var manyLeaves = new TreeEnsemble(["x"], [Chain(40)], new IdentityLink());
        var manyFeatures = RandomEnsembles.Ensemble(new Random(9), 100, 300, 10, sets: false);

        Assert.Equal(ScoringPath.Portable, RowScorer.Create(manyLeaves).Path);
        Assert.Equal(ScoringPath.Portable, RowScorer.Create(manyFeatures).Path);
        Assert.Null(RowScorer.TryCreate(manyLeaves, ScoringPath.Avx512));
    }

    [Theory]
    [InlineData(SplitKind.LessOrEqual, 1f, 1f, true)]
    [InlineData(SplitKind.LessThan, 1f, 1f, false)]
    [InlineData(SplitKind.LessOrEqual, 0f, -0f, true)]
    [InlineData(SplitKind.LessThan, 0f, -0f, false)]
    [InlineData(SplitKind.LessThan, float.NegativeInfinity, float.NegativeInfinity, false)]
    [InlineData(SplitKind.LessOrEqual, float.PositiveInfinity, float.PositiveInfinity, true)]
    [InlineData(SplitKind.LessThan, float.PositiveInfinity, float.MaxValue, true)]
    public void Scores_AtTheThreshold_AsIeeeCompares(SplitKind kind, float threshold, float value, bool goesLeft)
    {
        var node = new TreeNode { Kind = kind, Threshold = threshold, Left = ~0, Right = ~1 };
        var ensemble = new TreeEnsemble(["x"], [new Tree([node], [1, 2])], new IdentityLink());

        Assert.All(Scorers(ensemble), scorer => Assert.Equal(goesLeft ? 1.0 : 2.0, scorer.RawScore([value])));
    }

    [Theory]
    [InlineData(true, 1.0)]
    [InlineData(false, 2.0)]
    public void Scores_Missing_FollowsTheNode(bool missingGoesLeft, double expected)
    {
        var node = new TreeNode { Threshold = 5, MissingGoesLeft = missingGoesLeft, Left = ~0, Right = ~1 };
        var ensemble = new TreeEnsemble(["x"], [new Tree([node], [1, 2])], new IdentityLink());

        Assert.All(Scorers(ensemble), scorer => Assert.Equal(expected, scorer.RawScore([float.NaN])));
    }

    [Fact]
    public void RawScore_ManyCalls_AllocatesNothingOnAnyPath()
    {
        var random = new Random(6);
        var ensemble = RandomEnsembles.Ensemble(random, 100, 40, 19, sets: false);
        float[][] rows = Enumerable.Range(0, 16).Select(_ => RandomEnsembles.Row(random, 40)).ToArray();
        foreach (var scorer in Scorers(ensemble))
        {
            double sum = scorer.RawScore(rows[0]);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
            {
                sum += scorer.RawScore(rows[i % rows.Length]);
            }

            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
            Assert.True(double.IsFinite(sum), scorer.Path.ToString());
        }
    }

    [Fact]
    public void RawScore_WrongLength_NamesBothLengths()
    {
        var flat = FlatScorer.TryCreate(RandomEnsembles.Ensemble(new Random(7), 3, 4, 5))!;

        var error = Assert.Throws<ArgumentException>(() => flat.RawScore([1, 2, 3]));

        Assert.Contains("3 features, the model takes 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryCreate_TooManyLeavesForSixteenBits_GivesNull()
    {
        var ensemble = new TreeEnsemble(["x"], Enumerable.Repeat(Chain(9000), 8).ToArray(), new IdentityLink());

        Assert.Null(FlatScorer.TryCreate(ensemble));
    }

    private static Tree Chain(int nodes) => new(
        Enumerable.Range(0, nodes)
            .Select(n => new TreeNode { Threshold = n, Left = ~n, Right = n + 1 < nodes ? n + 1 : ~nodes })
            .ToArray(),
        new double[nodes + 1]);

    private static RowScorer[] Scorers(TreeEnsemble ensemble) =>
        Enum.GetValues<ScoringPath>().Select(path => RowScorer.TryCreate(ensemble, path)).OfType<RowScorer>().ToArray();

    private static void AssertSame(IReadOnlyList<RowScorer> scorers, float[] row)
    {
        var ensemble = scorers[0].Ensemble;
        var expectedLeaves = new int[ensemble.Trees.Count];
        var expected = new double[ensemble.OutputCount];
        var reference = new ReferenceScorer(ensemble);
        reference.Leaves(row, expectedLeaves);
        reference.RawScores(row, expected);
        foreach (var scorer in scorers)
        {
            var leaves = new int[ensemble.Trees.Count];
            var scores = new double[ensemble.OutputCount];
            scorer.Leaves(row, leaves);
            scorer.RawScores(row, scores);
            Assert.Equal(expectedLeaves, leaves);
            Assert.Equal(expected.Select(BitConverter.DoubleToInt64Bits), scores.Select(BitConverter.DoubleToInt64Bits));
        }
    }
}
