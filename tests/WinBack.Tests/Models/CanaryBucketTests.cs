using WinBack.Core.Events;
using WinBack.Core.Models;

namespace WinBack.Tests.Models;

public sealed class CanaryBucketTests
{
    private const int Customers = 20_000;

    private static IEnumerable<CustomerId> All() => Enumerable.Range(0, Customers).Select(i => new CustomerId($"customer-{i}"));

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(25)]
    [InlineData(100)]
    public void Reaches_Share_IsThatOfTheRollout(int percent)
    {
        int reached = All().Count(c => CanaryBucket.Reaches(new CanaryRollout("v", percent, "salt"), c));

        double spread = Math.Sqrt(Customers * percent / 100.0 * (100 - percent) / 100.0);
        Assert.InRange(reached - (Customers * percent / 100.0), -4 * spread, 4 * spread);
    }

    [Fact]
    public void Reaches_LargerShare_KeepsWhoWasReached() => Assert.All(
        All().Where(c => CanaryBucket.Reaches(new CanaryRollout("v", 5, "salt"), c)),
        c => Assert.True(CanaryBucket.Reaches(new CanaryRollout("v", 25, "salt"), c)));

    [Fact]
    public void Reaches_OtherSalt_IsOtherCustomers()
    {
        CustomerId[] first = All().Where(c => CanaryBucket.Reaches(new CanaryRollout("v", 5, "one"), c)).ToArray();
        int both = first.Count(c => CanaryBucket.Reaches(new CanaryRollout("v", 5, "two"), c));

        // A twentieth of a twentieth, by chance.
        Assert.InRange(both, 20, 90);
    }

    /// <summary>
    /// Every node and every version of the program must place a customer alike; these were computed by another program
    /// (SHA-256 of "salt/customer", first eight bytes, modulo 10,000).
    /// </summary>
    [Fact]
    public void Of_IsPinned() => Assert.Equal(
        [3_349, 5_406, 4_876], new[] { "a", "12939", new string('ü', 200) }.Select(c => CanaryBucket.Of("churn/v/1", new CustomerId(c))));
}
