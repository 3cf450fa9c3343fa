using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using WinBack.Adapters.Redis;
using WinBack.Testing;

namespace WinBack.Tests.Redis;

public sealed class HashTagsTests
{
    private static readonly string[] All = [.. Enumerable.Range(0, HashTags.MaxPartitions).Select(HashTags.Of)];

    /// <summary>Another table would look for every state under another key. Values computed apart from this code.</summary>
    [Fact]
    public void Of_Table_IsPinned()
    {
        Assert.Equal(["1bz", "fjl", "17p", "356", "5nw", "7l1", "h85", "b3k", "dlj", "ng4", "130", "31v"], All[..12]);
        Assert.Equal("430", All[^1]);
        Assert.Equal(
            "e18fde90bc72fa0d3c1282b65ab076d021855e9461544a7af98149b3adc04c91",
            Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(',', All)))));
    }

    [Fact]
    public void Of_Partitions_HaveSlotsOfTheirOwn()
    {
        Assert.Equal(1_024, All.Length);
        Assert.Equal(All.Length, All.Select(tag => HashTags.SlotOf(tag)).Distinct().Count());
    }

    /// <summary>"123456789" is the check input of CRC-16/XMODEM, which Redis Cluster uses.</summary>
    [Fact]
    public void SlotOf_CheckInput_IsThatOfTheStandard() => Assert.Equal(0x31c3 % HashTags.Slots, HashTags.SlotOf("123456789"));

    /// <summary>Shards hold equal ranges of slots, as `redis-cli --cluster create` deals them out.</summary>
    [Fact]
    public void Of_AnyNumberOfPartitionsOverShards_IsEven()
    {
        for (int shards = 1; shards <= 16; shards++)
        {
            int[] count = new int[shards];
            for (int partitions = 1; partitions <= All.Length; partitions++)
            {
                count[HashTags.SlotOf(All[partitions - 1]) * shards / HashTags.Slots]++;
                int apart = count.Max() - count.Min();
                int allowed = int.IsPow2(shards) ? 1 : 6;
                Assert.True(apart <= allowed, $"{partitions} partitions on {shards} shards: {string.Join(' ', count)}");
            }
        }
    }

    [Fact]
    public async Task SlotOf_EveryTag_IsWhatRedisClusterSays()
    {
        await using RedisServer server = await RedisServer.StartAsync(
            new RedisServerOptions { Arguments = ["--cluster-enabled", "yes"] });
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        await using NetworkStream stream = client.GetStream();
        using var answers = new StreamReader(stream, Encoding.ASCII);
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(string.Concat(All.Select(tag => $"CLUSTER KEYSLOT {{{tag}}}s:someone\r\n"))));
        foreach (string tag in All) Assert.Equal($":{HashTags.SlotOf(tag)}", await answers.ReadLineAsync());
    }
}
