namespace WinBack.Core.State;

/// <summary>
/// Use of one product feature over the customer's life. Features are kept by the hash bucket of their name, so that
/// any number of names takes at most <see cref="Buckets"/> entries and adding stays commutative; two names in one
/// bucket share a count and show the name used last (with ten features that happens to one customer in six).
/// </summary>
/// <param name="LastUsedMs">Event time of the latest use in the bucket.</param>
public readonly record struct FeatureUse(byte Bucket, string Name, long Uses, long LastUsedMs)
{
    public const int Buckets = 256;
}
