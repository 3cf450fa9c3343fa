using WinBack.Trees.Ensemble;

namespace WinBack.Tests.Trees;

public sealed class TreeEnsembleTests
{
    private static readonly TreeNode Stump = new() { Feature = 0, Threshold = 1, Left = ~0, Right = ~1 };

    [Fact]
    public void Constructor_ValidTrees_KeepsThem()
    {
        var ensemble = Make(new Tree([Stump], [0.25, -0.5]), new Tree([], [1.0]));

        Assert.Equal(3, ensemble.LeafCount);
        Assert.Equal(1, ensemble.Trees[0].Depth());
        Assert.Equal(0, ensemble.Trees[1].Depth());
    }

    [Fact]
    public void Rejects_ChildOutOfRange() => Refused("out of range", new Tree([Stump with { Right = ~2 }], [0, 1]));

    [Fact]
    public void Rejects_LeafWithTwoParents() => Refused("two parents", new Tree([Stump with { Right = ~0 }], [0, 1]));

    [Fact]
    public void Rejects_RootAsChild() => Refused("two parents", new Tree([Stump with { Left = 0 }], [0, 1]));

    [Fact]
    public void Rejects_CycleBesideTheRoot() => Refused(
        "cycle",
        new Tree([Stump, new() { Left = 2, Right = ~2 }, new() { Left = 1, Right = ~3 }], [0, 1, 2, 3]));

    [Fact]
    public void Rejects_NanThreshold() => Refused("NaN", new Tree([Stump with { Threshold = float.NaN }], [0, 1]));

    [Fact]
    public void Rejects_NanLeaf() => Refused("leaf 1", new Tree([Stump], [0, double.NaN]));

    [Fact]
    public void Rejects_UnknownFeature() => Refused("feature 2", new Tree([Stump with { Feature = 2 }], [0, 1]));

    [Fact]
    public void Rejects_UnknownKind() => Refused("split kind 77", new Tree([Stump with { Kind = (SplitKind)77 }], [0, 1]));

    [Fact]
    public void Rejects_MissingSet() => Refused("set 0", new Tree([Stump with { Kind = SplitKind.CategoryIn }], [0, 1]));

    [Fact]
    public void Rejects_SlotThatIsNoFeature() => Refused(
        "slot 9", new Tree([Stump with { Kind = SplitKind.AnySlotPositive }], [0, 1]) { Sets = [new ValueSet([9])] });

    [Fact]
    public void Rejects_WrongLeafCount() => Refused("2 leaves", new Tree([Stump], [0]));

    [Fact]
    public void Rejects_UnknownOutput() => Refused("output 1", new Tree([], [0]) { Output = 1 });

    [Fact]
    public void Rejects_DuplicateAndEmptyNames_AllInOneMessage()
    {
        var error = Assert.Throws<ArgumentException>(() => new TreeEnsemble(["a", "a", " "], [], new IdentityLink(), [], double.NaN));

        Assert.Contains("used twice", error.Message, StringComparison.Ordinal);
        Assert.Contains("Feature 2 has no name", error.Message, StringComparison.Ordinal);
        Assert.Contains("no outputs", error.Message, StringComparison.Ordinal);
        Assert.Contains("Divisor", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rejects_ThousandsOfFaults_WithABoundedMessage()
    {
        var trees = Enumerable.Range(0, 5000).Select(_ => new Tree([], [double.NaN])).ToArray();

        var error = Assert.Throws<ArgumentException>(() => Make(trees));

        Assert.InRange(error.Message.Length, 100, 5000);
    }

    private static TreeEnsemble Make(params Tree[] trees) => new(["a", "b"], trees, new LogisticLink());

    private static void Refused(string expected, Tree tree)
    {
        var error = Assert.Throws<ArgumentException>(() => Make(tree));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
