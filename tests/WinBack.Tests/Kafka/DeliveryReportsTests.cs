using Confluent.Kafka;
using WinBack.Adapters.Kafka;

namespace WinBack.Tests.Kafka;

public sealed class DeliveryReportsTests
{
    [Fact]
    public async Task All_EveryReport_CompletesWithTheLast()
    {
        var reports = new DeliveryReports(2);
        reports.Take(Report(ErrorCode.NoError));
        Assert.False(reports.All.IsCompleted);
        reports.Take(Report(ErrorCode.NoError));
        await reports.All;
    }

    /// <summary>The others are waited for all the same: what is sent again must not meet itself.</summary>
    [Fact]
    public async Task All_OneFailed_FailsWithTheLast()
    {
        var reports = new DeliveryReports(3);
        reports.Take(Report(ErrorCode.NoError));
        reports.Take(Report(ErrorCode.Local_MsgTimedOut));
        Assert.False(reports.All.IsCompleted);
        reports.Take(Report(ErrorCode.NoError));
        KafkaException told = await Assert.ThrowsAsync<KafkaException>(() => reports.All);
        Assert.Equal(ErrorCode.Local_MsgTimedOut, told.Error.Code);
    }

    [Fact]
    public async Task All_SomeNotTaken_FailsWithTheReportsOfTheOthers()
    {
        var reports = new DeliveryReports(4);
        reports.Miss(3, new Error(ErrorCode.Local_QueueFull));
        Assert.False(reports.All.IsCompleted);
        reports.Take(Report(ErrorCode.NoError));
        KafkaException told = await Assert.ThrowsAsync<KafkaException>(() => reports.All);
        Assert.Equal(ErrorCode.Local_QueueFull, told.Error.Code);
    }

    [Fact]
    public void All_OfNone_IsComplete() => Assert.True(new DeliveryReports(0).All.IsCompletedSuccessfully);

    private static DeliveryReport<byte[], byte[]> Report(ErrorCode code) => new() { Error = new Error(code) };
}
