using System.Text;
using WinBack.Core.Events;

namespace WinBack.Tests.Events;

public sealed class CustomerPartitionTests
{
    /// <summary>The test values of Kafka's own Java client (Utils.murmur2), made positive as its partitioner does.</summary>
    [Theory]
    [InlineData("21", -973932308)]
    [InlineData("foobar", -790332482)]
    [InlineData("a-little-bit-long-string", -985981536)]
    [InlineData("a-little-bit-longer-string", -1486304829)]
    [InlineData("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971)]
    [InlineData("abc", 479470107)]
    public void Of_KeysOfTheJavaTests_GivesTheSameHash(string key, int murmur2)
    {
        Assert.Equal(murmur2 & int.MaxValue, CustomerPartition.Of(Encoding.UTF8.GetBytes(key), int.MaxValue));
        foreach (int partitions in (int[])[1, 2, 7, 8, 64, 1_000])
            Assert.Equal((murmur2 & int.MaxValue) % partitions, CustomerPartition.Of(new CustomerId(key), partitions));
    }

    [Theory]
    [InlineData("ü")]
    [InlineData("客户🎁")]
    public void Of_NotAscii_HashesTheUtf8Bytes(string customer) =>
        Assert.Equal(
            CustomerPartition.Of(Encoding.UTF8.GetBytes(customer), 64), CustomerPartition.Of(new CustomerId(customer), 64));

    /// <summary>Ids are at most 64 bytes on the wire; a longer one still must not overrun the buffer on the stack.</summary>
    [Fact]
    public void Of_LongCustomerId_HashesAllOfIt()
    {
        string customer = new('x', 1_000);
        Assert.Equal(
            CustomerPartition.Of(Encoding.UTF8.GetBytes(customer), 1_009), CustomerPartition.Of(new CustomerId(customer), 1_009));
    }

    [Fact]
    public void Of_ManyCustomers_FillsAllPartitionsEvenly()
    {
        int[] count = new int[16];
        for (int i = 0; i < 16_000; i++) count[CustomerPartition.Of(new CustomerId($"customer-{i}"), count.Length)]++;
        Assert.All(count, n => Assert.InRange(n, 850, 1_150));
    }
}
