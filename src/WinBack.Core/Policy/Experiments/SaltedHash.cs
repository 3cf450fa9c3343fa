using WinBack.Core.Events;
using WinBack.Core.Models;

namespace WinBack.Core.Policy.Experiments;

/// <summary>
/// Where a customer falls: the same bucket on every node, after every restart, for as long as the salt is the same. SHA-256
/// over salt and customer, so that two salts have nothing to do with each other.
/// </summary>
internal static class SaltedHash
{
    internal const int Buckets = 10_000;
    private const int BucketsPerPercent = Buckets / 100;

    /// <summary>0 to 9,999, evenly.</summary>
    internal static int BucketOf(string salt, CustomerId customer) => CanaryBucket.Of(salt, customer);

    /// <summary>Rounded to a hundredth of a percent.</summary>
    internal static int OfPercent(double percent) => (int)Math.Round(percent * BucketsPerPercent);
}
