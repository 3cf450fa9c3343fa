namespace WinBack.Trees.Uplift;

/// <summary>A figure with a percentile interval from resampled rows.</summary>
/// <param name="Value">On the rows themselves.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct ValueInterval(double Value, double Low, double High)
{
    /// <param name="replicates">The figure on each resampling; sorted in place.</param>
    /// <param name="confidence">Share of the replicates inside, for instance 0.95.</param>
    public static ValueInterval Of(double value, double[] replicates, double confidence)
    {
        if (replicates.Length == 0)
        {
            return new ValueInterval(value, value, value);
        }

        Array.Sort(replicates);
        int outside = (int)((1 - confidence) / 2 * replicates.Length);
        return new ValueInterval(value, replicates[outside], replicates[^(outside + 1)]);
    }
}
