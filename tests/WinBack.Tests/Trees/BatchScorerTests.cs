using WinBack.Trees.Ensemble;
using WinBack.Trees.Scoring;

namespace WinBack.Tests.Trees;

public sealed class BatchScorerTests
{
    private static readonly ScoringPath[] Paths = Enum.GetValues<ScoringPath>();

    /// <summary>Several models of one schema; sizes on both sides of 32 leaves, and rows on both sides of a block.</summary>
    [Theory]
    [InlineData(1, 31)]
    [InlineData(2, 60)]
    [InlineData(3, 8)]
    public void RawScores_RandomEnsembles_SameBitsAsReferenceOnEveryPath(int seed, int maxNodes)
    {
        var random = new Random(seed);
        for (int round = 0; round < 25; round++)
        {
            int features = random.Next(1, 30);
            var ensembles = Enumerable.Range(0, random.Next(1, 4))
                .Select(_ => RandomEnsembles.Ensemble(
                    random, random.Next(0, 20), features, maxNodes, random.Next(1, 4), sets: round % 2 == 0))
                .ToArray();
            AssertSame(ensembles, Rows(random, features, random.Next(1, 200)));
        }
    }

    /// <summary>More than 255 thresholds of one feature, or leaves of one tree: 16-bit bins. More still: row by row.</summary>
    [Theory]
    [InlineData(200, 3)]
    [InlineData(300, 1)]
    [InlineData(5000, 1)]
    public void RawScores_ManyThresholdsOfOneFeature_SameBitsAsReference(int nodes, int trees)
    {
        var random = new Random(nodes);
        var ensemble = new TreeEnsemble(
            ["x", "y"], Enumerable.Range(0, trees).Select(_ => Balanced(random, nodes)).ToArray(), new IdentityLink());
        var rows = Enumerable.Range(0, 400).Select(i => i % 9 == 0 ? float.NaN : random.NextSingle() * 2).ToArray();

        AssertSame([ensemble], rows);
    }

    [Fact]
    public void RawScores_TreesTooDeepForABlock_SameBitsAsReference()
    {
        var nodes = Enumerable.Range(0, 100)
            .Select(n => new TreeNode { Threshold = n, Left = ~n, Right = n < 99 ? n + 1 : ~100 }).ToArray();
        var deep = new TreeEnsemble(
            ["x"], [new Tree(nodes, Enumerable.Range(0, 101).Select(leaf => (double)leaf).ToArray())], new IdentityLink());

        AssertSame([deep, deep], Enumerable.Range(0, 130).Select(i => i - 5.5f).ToArray());
    }

    [Fact]
    public void RawScores_AllocatesNothing()
    {
        var random = new Random(4);
        var ensemble = RandomEnsembles.Ensemble(random, 50, 20, 19, sets: false);
        float[] rows = Rows(random, 20, 640);
        double[] scores = new double[640];
        foreach (var path in Paths.Where(path => path != ScoringPath.Reference))
        {
            var scorer = new BatchScorer([ensemble], path);
            scorer.RawScores(rows, scores);
            long before = GC.GetAllocatedBytesForCurrentThread();
            scorer.RawScores(rows, scores);
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }

    [Fact]
    public void RawScores_LengthsThatDoNotFit_AreNamed()
    {
        var scorer = new BatchScorer([RandomEnsembles.Ensemble(new Random(5), 3, 4, 5, outputs: 2)]);

        var error = Assert.Throws<ArgumentException>(() => scorer.RawScores(new float[9], new double[4]));

        Assert.Contains("9 values are no rows of 4 features for 4 scores, 2 a row", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_DifferentFeatures_IsRefused() => Assert.Throws<ArgumentException>(() => new BatchScorer(
        [RandomEnsembles.Ensemble(new Random(6), 1, 2, 3), RandomEnsembles.Ensemble(new Random(6), 1, 3, 3)]));

    private static float[] Rows(Random random, int features, int count) =>
        Enumerable.Range(0, count).SelectMany(_ => RandomEnsembles.Row(random, features)).ToArray();

    private static void AssertSame(TreeEnsemble[] ensembles, float[] rows)
    {
        int features = ensembles[0].FeatureCount;
        int outputs = ensembles.Sum(ensemble => ensemble.OutputCount);
        int count = rows.Length / features;
        var expected = new double[count * outputs];
        for (int row = 0; row < count; row++)
        {
            int at = row * outputs;
            foreach (var ensemble in ensembles)
            {
                new ReferenceScorer(ensemble).RawScores(
                    rows.AsSpan(row * features, features), expected.AsSpan(at, ensemble.OutputCount));
                at += ensemble.OutputCount;
            }
        }

        foreach (var path in Paths)
        {
            var scores = new double[expected.Length];
            new BatchScorer(ensembles, path).RawScores(rows, scores);
            Assert.Equal(expected.Select(BitConverter.DoubleToInt64Bits), scores.Select(BitConverter.DoubleToInt64Bits));
        }
    }

    /// <summary>A tree that splits its range in the middle again and again.</summary>
    private static Tree Balanced(Random random, int count)
    {
        var nodes = new TreeNode[count];
        int used = 0;
        int leaves = 0;
        Grow(0f, 2f, count);
        return new Tree(nodes, Enumerable.Range(0, count + 1).Select(_ => random.NextDouble()).ToArray());

        int Grow(float from, float to, int inside)
        {
            if (inside == 0)
            {
                return ~leaves++;
            }

            int at = used++;
            float middle = (from + to) / 2;
            int left = Grow(from, middle, (inside - 1) / 2);
            int right = Grow(middle, to, inside - 1 - ((inside - 1) / 2));
            nodes[at] = new TreeNode { Threshold = middle, MissingGoesLeft = random.Next(2) == 0, Left = left, Right = right };
            return at;
        }
    }
}
