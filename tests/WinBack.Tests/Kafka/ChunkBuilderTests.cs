using System.Text;
using Confluent.Kafka;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging.Abstractions;
using WinBack.Adapters.Kafka;
using WinBack.Adapters.Redis;
using WinBack.Adapters.Wire;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Core.State;
using Timestamp = Confluent.Kafka.Timestamp;

namespace WinBack.Tests.Kafka;

public sealed class ChunkBuilderTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly PartitionWatermark Cold = PartitionWatermark.Cold(StateCodec.Version);
    private readonly KafkaOptions _options = new() { MaxChunkCustomers = 3 };

    [Fact]
    public void Take_MoreCustomersThanAChunkHolds_StopsBeforeTheNext()
    {
        ChunkBuilder chunk = Builder();
        List<ConsumeResult<byte[], byte[]>> records = [.. Enumerable.Range(0, 8).Select(i => Login(i, $"c{i / 2}"))];
        Assert.Equal(5, chunk.Take(records, 0, Cold));
        Assert.Equal(["c0", "c1", "c2"], chunk.Customers.Order());
        Assert.Equal(8, chunk.Take(records, 5, Cold));
        Assert.Equal(["c2", "c3"], chunk.Customers.Order());
    }

    [Fact]
    public void Take_ManyRecordsOfOneCustomer_StopsAtTheBound() =>
        Assert.Equal(1_024, Builder().Take([.. Enumerable.Range(0, 2_000).Select(i => Login(i, "c"))], 0, Cold));

    /// <summary>After a seek back the client may still hand out what it fetched before.</summary>
    [Fact]
    public async Task Take_RecordsBelowTheWatermark_AreNotFoldedAgain()
    {
        PartitionWatermark held = Cold.WithOffsets([-1, 5, -1, -1, -1]);
        (ChunkBuilder chunk, StateChunk folded) = await FoldAsync(
            [Login(3, "c"), Login(4, "c"), Login(5, "c"), Login(6, "c")], held);
        Assert.Equal(2, chunk.Outcomes[(int)FoldOutcome.Folded]);
        Assert.Equal([-1, 7, -1, -1, -1], EventStreams.All.Select(folded.Watermark.NextOffset));
    }

    [Fact]
    public async Task Fold_RecordsOfAllOutcomes_AreCountedAndDiverted()
    {
        ConsumeResult<byte[], byte[]> late = Login(2, "a", id: "late", happened: Noon.AddDays(-3));
        ConsumeResult<byte[], byte[]> future = Login(3, "a", id: "future", happened: Noon.AddDays(1));
        ConsumeResult<byte[], byte[]> broken = Login(4, "b");
        broken.Message.Value = [0xff];
        (ChunkBuilder chunk, StateChunk folded) = await FoldAsync(
            [Login(0, "a", id: "x"), Login(1, "a", id: "x"), late, future, broken], Cold);

        Assert.Equal([1, 1, 1, 2, 0, 0], chunk.Outcomes.ToArray());
        Assert.Equal([late, future, broken], chunk.Diverted.Select(d => d.Raw));
        Assert.Equal(
            [RecordFault.None, RecordFault.FutureEvent, RecordFault.Undecodable], chunk.Diverted.Select(d => d.Record.Fault));
        Assert.Equal(["a"], folded.Customers);
        Assert.Equal([-1, 5, -1, -1, -1], EventStreams.All.Select(folded.Watermark.NextOffset));
        Assert.Equal(["folded=1 duplicate=1 late=1 dead_letter=2"], folded.Counts);
    }

    /// <summary>With CreateTime the producer writes whatever it likes there; no value may stop the partition.</summary>
    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(253_402_300_800_000)]
    [InlineData(long.MaxValue)]
    public async Task Fold_RecordTimeStampThatIsNoTime_IsADeadLetter(long timestampMs)
    {
        ConsumeResult<byte[], byte[]> record = Login(0, "a");
        record.Message.Timestamp = new Timestamp(timestampMs, TimestampType.CreateTime);
        (ChunkBuilder chunk, _) = await FoldAsync([record], Cold);
        Assert.Equal(RecordFault.NoTimestamp, Assert.Single(chunk.Diverted).Record.Fault);
    }

    [Fact]
    public async Task Fold_NoTimeStamp_IsADeadLetter()
    {
        ConsumeResult<byte[], byte[]> record = Login(0, "a");
        record.Message.Timestamp = Timestamp.Default;
        Assert.Equal(TimestampType.NotAvailable, record.Message.Timestamp.Type);
        (ChunkBuilder chunk, _) = await FoldAsync([record], Cold);
        Assert.Equal(RecordFault.NoTimestamp, Assert.Single(chunk.Diverted).Record.Fault);
    }

    [Fact]
    public async Task Fold_ContentTypeHeader_ChoosesTheFormat()
    {
        ConsumeResult<byte[], byte[]> record = Login(0, "a");
        record.Message.Value = Encoding.UTF8.GetBytes(
            JsonFormatter.Default.Format(V1.CustomerEvent.Parser.ParseFrom(record.Message.Value)));
        record.Message.Headers = new Headers { { "content-type", Encoding.UTF8.GetBytes("application/json") }, { "other", null } };
        (ChunkBuilder chunk, _) = await FoldAsync([record], Cold);
        Assert.Equal(1, chunk.Outcomes[(int)FoldOutcome.Folded]);
    }

    /// <summary>Late ones too: what a cap counts is corrected whenever it is known. Told twice is told once.</summary>
    [Fact]
    public async Task Fold_Outcomes_AreToldToTheCaps()
    {
        var decision = new DecisionId(0, Guid.Parse("00000001-0000-0000-0000-000000000000"));
        ConsumeResult<byte[], byte[]>[] records =
        [
            Outcome(0, "a", decision.ToString(), V1.OutcomeEvent.Types.Kind.Failed, Noon),
            Outcome(0, "a", decision.ToString(), V1.OutcomeEvent.Types.Kind.Failed, Noon),
            Outcome(1, "a", decision.ToString(), V1.OutcomeEvent.Types.Kind.Impression, Noon.AddDays(-3)),
            Outcome(2, "a", decision.ToString(), V1.OutcomeEvent.Types.Kind.Converted, Noon),
            Outcome(3, "a", "somebody else's", V1.OutcomeEvent.Types.Kind.Sent, Noon),
            Outcome(4, "b", decision.ToString(), V1.OutcomeEvent.Types.Kind.Opened, Noon),
        ];
        for (int i = 0; i < records.Length; i++) records[i].Offset = i;
        (ChunkBuilder chunk, _) = await FoldAsync([.. records], Cold);
        Assert.Equal(["a", "b"], chunk.Touches.Keys.Order());
        Assert.Equal([TouchEvidence.Failed, TouchEvidence.Shown], chunk.Touches["a"].Select(t => t.Evidence));
        Assert.Equal(CapTime.ToMicros(Noon.AddDays(-3)), chunk.Touches["a"][1].TimeMicros);
        Assert.Equal((decision.Request, TouchEvidence.Delivered), (chunk.Touches["b"][0].Request, chunk.Touches["b"][0].Evidence));
    }

    [Fact]
    [Trait("Rule", "S7")]
    public async Task Fold_CodesRefused_AreCountedOnceAnEvent()
    {
        string decision = new DecisionId(0, Guid.NewGuid()).ToString();
        ConsumeResult<byte[], byte[]>[] records =
        [
            Outcome(0, "a", decision, V1.OutcomeEvent.Types.Kind.CodeRefused, Noon),
            Outcome(0, "a", decision, V1.OutcomeEvent.Types.Kind.CodeRefused, Noon),
            Outcome(1, "b", decision, V1.OutcomeEvent.Types.Kind.CodeRefused, Noon),
            Outcome(2, "b", decision, V1.OutcomeEvent.Types.Kind.Declined, Noon),
        ];
        for (int i = 0; i < records.Length; i++) records[i].Offset = i;
        (ChunkBuilder chunk, _) = await FoldAsync([.. records], Cold);
        Assert.Equal(2, chunk.CodesRefused);
    }

    /// <summary>A call whose answer was lost is made again with the same blobs, while nothing else may have touched them.</summary>
    [Fact]
    public async Task Fold_NextChunkOfTheSameCustomer_LeavesTheBlobOfTheFirst()
    {
        ChunkBuilder builder = Builder();
        StateCache states = EmptyStore.Cache();
        PartitionWatermark held = Cold;
        var blobs = new List<byte[]>();
        var copies = new List<byte[]>();
        for (int i = 0; i < 3; i++)
        {
            builder.Take([Login(2 * i, "a"), Login((2 * i) + 1, "b")], 0, held);
            await states.LoadAsync(builder.Customers, builder.Days, held);
            StateChunk chunk = builder.Fold(states, held);
            held = chunk.Watermark;
            blobs.Add(chunk.Blobs[0]);
            copies.Add([.. chunk.Blobs[0]]);
        }

        Assert.Equal(copies, blobs);
        Assert.Equal([1L, 2, 3], blobs.Select(blob => StateCodec.Decode(blob).Lifetime[TileCounter.Logins]));
    }

    private ChunkBuilder Builder()
    {
        var fold = new FoldOptions();
        // Writing diverted records is the task's part, so there is no producer here.
        return new ChunkBuilder(new IngestContext(
            _options, new EventPipeline(fold), new EventReader(1, fold.Currency), null!, new IngestProgress(), TimeProvider.System,
            NullLogger.Instance, WorkerProbe.None));
    }

    private async Task<(ChunkBuilder Builder, StateChunk Chunk)> FoldAsync(
        List<ConsumeResult<byte[], byte[]>> records, PartitionWatermark held)
    {
        ChunkBuilder builder = Builder();
        Assert.Equal(records.Count, builder.Take(records, 0, held));
        StateCache states = EmptyStore.Cache();
        await states.LoadAsync(builder.Customers, builder.Days, held);
        return (builder, builder.Fold(states, held));
    }

    private static ConsumeResult<byte[], byte[]> Login(long offset, string customer, string? id = null, DateTimeOffset? happened = null) =>
        Record("login", offset, new V1.CustomerEvent
        {
            EventId = id ?? $"e{offset}", CustomerId = customer, EventTime = (happened ?? Noon).ToTimestamp(), Login = new V1.LoginEvent(),
        });

    private static ConsumeResult<byte[], byte[]> Outcome(
        int id, string customer, string decision, V1.OutcomeEvent.Types.Kind kind, DateTimeOffset happened)
    {
        var outcome = new V1.OutcomeEvent { DecisionId = decision, Kind = kind };
        return Record("outcome", 0, new V1.CustomerEvent
        {
            EventId = $"o{id}", CustomerId = customer, EventTime = happened.ToTimestamp(), Outcome = outcome,
        });
    }

    private static ConsumeResult<byte[], byte[]> Record(string topic, long offset, V1.CustomerEvent e) => new()
    {
        TopicPartitionOffset = new TopicPartitionOffset(topic, 0, offset),
        Message = new Message<byte[], byte[]>
        {
            Key = Encoding.UTF8.GetBytes(e.CustomerId), Value = e.ToByteArray(), Timestamp = new Timestamp(Noon),
        },
    };
}
