namespace WinBack.Trees.Scoring;

/// <summary>Maps floats to integers of the same order, so that a node is one integer comparison.</summary>
/// <remarks>
/// For every number except NaN, a &lt;= b exactly when Of(a) &lt;= Of(b); both zeros get the key 0. The keys of NaN lie
/// outside the range of all numbers and are never used: missing values get int.MinValue (always left) or int.MaxValue
/// (always right).
/// </remarks>
internal static class OrderedKey
{
    public static int Of(float value)
    {
        // -0 + 0 is +0: both zeros must compare equal.
        int bits = BitConverter.SingleToInt32Bits(value + 0f);
        return bits ^ ((bits >> 31) & int.MaxValue);
    }
}
