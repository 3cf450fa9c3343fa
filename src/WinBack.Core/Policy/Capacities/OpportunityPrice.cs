namespace WinBack.Core.Policy.Capacities;

/// <summary>
/// What a unit of a scarce capacity is worth: the value that it would bring to somebody who is still to come (rules C6). A touch
/// that brings less waits, so that the units go to those to whom they are worth most.
/// <para>
/// Of the candidates of the last weeks one knows how many units at which value were asked for. If as many come in the rest of
/// the period, the price is the lowest value at which no more units are asked for than are left: the best ones get them all. While
/// more is left than will be asked for, the price is 0; as the period ends, fewer are still to come, and the price falls, so
/// that nothing is left over. This is the bid price of revenue management (K. Talluri and G. van Ryzin, "The Theory and
/// Practice of Revenue Management", 2004, chapter 3), with the distribution of demand as it was seen.
/// </para>
/// </summary>
public static class OpportunityPrice
{
    /// <summary>Values are kept in lumps of a sixteenth of a doubling: within 5 %.</summary>
    private const int BucketsPerDoubling = 16;

    /// <summary>The lump of a value a unit; higher values have higher ones.</summary>
    /// <param name="value">Micros a unit, above 0.</param>
    public static int BucketOf(double value) => (int)Math.Floor(Math.Log2(value) * BucketsPerDoubling);

    /// <summary>The lowest value of a lump.</summary>
    public static double ValueOf(int bucket) => Math.Pow(2, (double)bucket / BucketsPerDoubling);

    /// <param name="demand">Units asked for, by lump; any order.</param>
    /// <param name="observed">How long it took to see them.</param>
    /// <param name="rest">Of the period.</param>
    /// <param name="left">Units.</param>
    /// <returns>Micros a unit; 0 when there is enough for all.</returns>
    public static double Of(IReadOnlyCollection<KeyValuePair<int, long>> demand, TimeSpan observed, TimeSpan rest, long left)
    {
        if (demand.Count == 0 || observed <= TimeSpan.Zero || rest <= TimeSpan.Zero) return 0;
        double toCome = 0;
        foreach ((int bucket, long units) in demand.OrderByDescending(d => d.Key))
        {
            toCome += units * (rest / observed);
            // All of this lump and better ones are more than there is: who is above this lump gets it.
            if (toCome > left) return ValueOf(bucket + 1);
        }

        return 0;
    }
}
