namespace WinBack.Core.State;

/// <summary>
/// A last-writer-wins register. Writers are ordered by event time, then <see cref="Rank"/> (how consent withdrawal
/// wins ties), then event id hash, then value: a total order, so the winner does not depend on arrival.
/// </summary>
/// <param name="TimeMs">Event time of the writer.</param>
/// <param name="Tie">Upper half of the writer's event id hash: 4 bytes instead of 8 in every register of every customer.</param>
/// <param name="Number">The value of a number fact; 0 for text.</param>
/// <param name="Text">The value of a text fact; null for numbers.</param>
internal readonly record struct FactRegister(Fact Fact, long TimeMs, uint Tie, long Number, string? Text)
{
    internal bool Wins(in FactRegister other)
    {
        int order = TimeMs.CompareTo(other.TimeMs);
        if (order == 0) order = Rank.CompareTo(other.Rank);
        if (order == 0) order = Tie.CompareTo(other.Tie);
        if (order == 0) order = Number.CompareTo(other.Number);
        if (order == 0) order = string.CompareOrdinal(Text, other.Text);
        return order > 0;
    }

    private long Rank => Fact >= Fact.ConsentBase ? Number : 0;
}
