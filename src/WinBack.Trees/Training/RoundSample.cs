namespace WinBack.Trees.Training;

/// <summary>Draws the rows and features that one tree may look at, from the seed and the round alone.</summary>
internal sealed class RoundSample(TrainingOptions options, int features)
{
    /// <summary>Sets the streams of rows and of features apart.</summary>
    private const ulong RowStream = 0xA24BAED4963EE407;
    private const ulong FeatureStream = 0x9FB21C651E98DF25;

    private readonly ulong _rowLimit = (ulong)(options.RowShare * ulong.MaxValue);
    private readonly bool[] _mayAsk = Enumerable.Repeat(true, features).ToArray();

    public bool TakesAllRows => options.RowShare >= 1;

    /// <summary>Shape [features]; changes with the next draw.</summary>
    public bool[] MayAsk => _mayAsk;

    /// <summary>Writes the rows of a round, ascending; each is taken or not by itself, so their number varies a little.</summary>
    /// <returns>How many there are.</returns>
    public int DrawRows(int round, int[] rows)
    {
        var draws = new SeededSequence(options.Seed ^ RowStream ^ ((ulong)round << 32));
        int count = 0;
        for (int row = 0; row < rows.Length; row++)
        {
            rows[count] = row;
            count += TakesAllRows || draws.Next() < _rowLimit ? 1 : 0;
        }

        return count;
    }

    /// <summary>Draws the features of a round into <see cref="MayAsk"/>: the share of all, at least one.</summary>
    public void DrawFeatures(int round)
    {
        int count = Math.Max(1, (int)Math.Ceiling(options.FeatureShare * features));
        if (count >= features) return;
        var order = Enumerable.Range(0, features).ToArray();
        new SeededSequence(options.Seed ^ FeatureStream ^ ((ulong)round << 32)).Shuffle(order);
        Array.Clear(_mayAsk);
        foreach (int feature in order.AsSpan(0, count)) _mayAsk[feature] = true;
    }
}
