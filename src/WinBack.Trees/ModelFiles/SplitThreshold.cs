namespace WinBack.Trees.ModelFiles;

/// <summary>Thresholds given in double, for rows that are floats: the choice of every float stays the same.</summary>
internal static class SplitThreshold
{
    /// <summary>x &lt;= threshold for a float x is x &lt;= the largest float that is not above the threshold.</summary>
    public static float ForLessOrEqual(double threshold)
    {
        float rounded = (float)threshold;
        return rounded > threshold ? MathF.BitDecrement(rounded) : rounded;
    }
}
