using WinBack.Adapters.Redis;
using WinBack.Core.Events;

namespace WinBack.Tests.Redis;

public sealed class PartitionWatermarkTests
{
    private static readonly PartitionWatermark Some = PartitionWatermark.Cold(1).WithEpoch(7, 2).WithOffsets(
        [0, 1, 2, 256, long.MaxValue]);

    [Fact]
    public void Bytes_OfKnownWatermarks_ArePinned()
    {
        Assert.Equal(
            "0000000000000000" + "00000001" + string.Concat(Enumerable.Repeat("ffffffffffffffff", 5)),
            Convert.ToHexStringLower(PartitionWatermark.Cold(1).Bytes.Span));
        Assert.Equal(
            "0000000000000007" + "00000002"
                + "0000000000000000" + "0000000000000001" + "0000000000000002" + "0000000000000100" + "7fffffffffffffff",
            Convert.ToHexStringLower(Some.Bytes.Span));
    }

    [Fact]
    public void Parse_OfBytes_GivesTheSame()
    {
        PartitionWatermark parsed = PartitionWatermark.Parse(Some.Bytes.ToArray());
        Assert.True(parsed.Equals(Some));
        Assert.Equal((7L, 2u), (parsed.Epoch, parsed.Schema));
        Assert.Equal([0, 1, 2, 256, long.MaxValue], EventStreams.All.Select(parsed.NextOffset));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(PartitionWatermark.Length - 1)]
    [InlineData(PartitionWatermark.Length + 1)]
    public void Parse_OtherLength_IsRefused(int length) =>
        Assert.Contains(
            $"{length} bytes", Assert.Throws<InvalidDataException>(() => PartitionWatermark.Parse(new byte[length])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Cold_Watermark_StartsAtTheBeginning() =>
        Assert.All(EventStreams.All, s => Assert.Equal(PartitionWatermark.Beginning, PartitionWatermark.Cold(1).NextOffset(s)));

    [Fact]
    public void WithEpochAndWithOffsets_LeaveTheOriginal()
    {
        byte[] before = Some.Bytes.ToArray();
        Some.WithEpoch(9, 9).WithOffsets([9, 9, 9, 9, 9]);
        Assert.Equal(before, Some.Bytes.ToArray());
    }

    [Fact]
    public void IsAtOrBehind_ComparesEveryStream()
    {
        Assert.True(Some.IsAtOrBehind(Some));
        Assert.True(PartitionWatermark.Cold(1).IsAtOrBehind(Some));
        for (int i = 0; i < EventStreams.Count; i++)
        {
            long[] offsets = [5, 5, 5, 5, 5];
            PartitionWatermark held = Some.WithOffsets(offsets);
            offsets[i] = 6;
            Assert.False(Some.WithOffsets(offsets).IsAtOrBehind(held));
            offsets[i] = 4;
            Assert.True(Some.WithOffsets(offsets).IsAtOrBehind(held));
        }
    }
}
