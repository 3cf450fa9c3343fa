using Pipelines.Sockets.Unofficial.Arenas;

namespace Standins.Tests.Redis;

public sealed class ArenaTests
{
    private static readonly ArenaOptions _small = new(blockSizeBytes: 64 * sizeof(long));

    [Fact]
    public void Allocate_SeveralTimes_PiecesDoNotOverlap()
    {
        using var arena = new Arena<long>(_small);
        Sequence<long>[] pieces = [.. Enumerable.Range(1, 12).Select(arena.Allocate)];
        for (int i = 0; i < pieces.Length; i++)
        {
            pieces[i].FirstSpan.Fill(i);
        }

        for (int i = 0; i < pieces.Length; i++)
        {
            Assert.Equal(i + 1, pieces[i].Length);
            Assert.Equal(Enumerable.Repeat((long)i, i + 1), pieces[i].FirstSpan.ToArray());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(100_000)]
    public void Allocate_AnyLength_IsOnePiece(int length)
    {
        using var arena = new Arena<long>(_small);
        Sequence<long> sequence = arena.Allocate(length);

        Assert.True(sequence.IsSingleSegment);
        Assert.Equal(length == 0, sequence.IsEmpty);
        Assert.Equal(length, sequence.FirstSpan.Length);
    }

    [Fact]
    public void Allocate_NegativeLength_Throws()
    {
        using var arena = new Arena<long>();
        Assert.Throws<ArgumentOutOfRangeException>(() => arena.Allocate(-1));
    }

    [Fact]
    public void Reset_ReferencesInTheBlock_AreReleased()
    {
        using var arena = new Arena<object?>();
        Sequence<object?> before = arena.Allocate(3);
        before.FirstSpan.Fill("held");
        arena.Reset();
        Sequence<object?> after = arena.Allocate(3);

        Assert.All(after.FirstSpan.ToArray(), Assert.Null);
        Assert.True(System.Runtime.CompilerServices.Unsafe.AreSame(ref before[0], ref after[0]), "the block is used again");
    }

    [Fact]
    public void Dispose_WhileItemsAreRead_ItemsStay()
    {
        var arena = new Arena<string>();
        Sequence<string> items = arena.Allocate(2);
        items[0] = "a";
        items[1] = "b";
        arena.Dispose();
        using var other = new Arena<string>();
        other.Allocate(2).FirstSpan.Fill("of another connection");

        Assert.Equal(["a", "b"], items.FirstSpan.ToArray());
    }
}
