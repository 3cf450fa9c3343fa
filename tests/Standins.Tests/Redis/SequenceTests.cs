using Pipelines.Sockets.Unofficial.Arenas;

namespace Standins.Tests.Redis;

public sealed class SequenceTests
{
    // Not at the start of the block, so that an offset that is forgotten shows.
    private static Sequence<int> OneTwoThree()
    {
        var arena = new Arena<int>();
        arena.Allocate(5).FirstSpan.Fill(-1);
        Sequence<int> sequence = arena.Allocate(3);
        arena.Allocate(5).FirstSpan.Fill(-2);
        (sequence[0], sequence[1], sequence[2]) = (1, 2, 3);
        return sequence;
    }

    [Fact]
    public void Enumerator_ForEach_GivesTheItemsByReference()
    {
        Sequence<int> sequence = OneTwoThree();
        foreach (ref int item in sequence)
        {
            item *= 10;
        }

        Assert.Equal([10, 20, 30], sequence.FirstSpan.ToArray());
    }

    [Fact]
    public void GetNext_PastTheEnd_Throws()
    {
        Sequence<int>.Enumerator items = OneTwoThree().GetEnumerator();
        int[] seen = [items.GetNext(), items.GetNext(), items.GetNext()];

        Assert.Equal([1, 2, 3], seen);
        Assert.False(items.MoveNext());
        Assert.Throws<InvalidOperationException>(() => Next(OneTwoThree(), 4));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void Indexer_OutsideTheSequence_Throws(int index)
        => Assert.Throws<IndexOutOfRangeException>(() => OneTwoThree()[index]);

    [Fact]
    public void Spans_ForEach_CoverAllItems()
    {
        List<int> seen = [];
        foreach (Span<int> span in OneTwoThree().Spans)
        {
            seen.AddRange(span);
        }

        Assert.Equal([1, 2, 3], seen);
    }

    [Fact]
    public void Default_EveryMember_IsEmpty()
    {
        Sequence<int> sequence = default;

        Assert.True(sequence.IsEmpty);
        Assert.Equal(0, sequence.Length);
        Assert.True(sequence.FirstSpan.IsEmpty);
        Assert.False(sequence.GetEnumerator().MoveNext());
        Assert.False(sequence.Spans.GetEnumerator().MoveNext());
        Assert.True(default(Sequence).Cast<int>().IsEmpty);
        Assert.Empty(sequence.ToArray((in int i) => i));
    }

    [Fact]
    public void Untyped_CastBack_GivesTheSameItems()
    {
        Sequence<int> sequence = OneTwoThree();
        Sequence untyped = sequence.Untyped();

        Assert.Equal(3, untyped.Length);
        Assert.Equal([1, 2, 3], untyped.Cast<int>().FirstSpan.ToArray());
        Assert.Throws<InvalidCastException>(() => untyped.Cast<string>());
    }

    [Fact]
    public void ToArray_WithAndWithoutState_ProjectsEachItem()
    {
        Sequence<int> sequence = OneTwoThree();

        Assert.Equal(["1", "2", "3"], sequence.ToArray((in int i) => $"{i}"));
        Assert.Equal([11L, 12L, 13L], sequence.ToArray((in int i, in int add) => (long)(i + add), 10));
    }

    [Fact]
    public void CopyTo_LongerDestination_LeavesTheRest()
    {
        int[] destination = [0, 0, 0, 7];
        OneTwoThree().CopyTo(destination, (in int i) => i * 2);

        Assert.Equal([2, 4, 6, 7], destination);
        Assert.Throws<ArgumentException>(() => OneTwoThree().CopyTo(new int[2], (in int i) => i));
    }

    private static int Next(Sequence<int> sequence, int times)
    {
        Sequence<int>.Enumerator items = sequence.GetEnumerator();
        int last = 0;
        for (int i = 0; i < times; i++)
        {
            last = items.GetNext();
        }

        return last;
    }
}
