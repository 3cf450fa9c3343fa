using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using WinBack.Adapters.Tracing;

namespace WinBack.Tests.Tracing;

[Collection(SpansCollection.Name)]
public sealed class SpansTests
{
    [Fact]
    public void NobodyListens_NothingIsStarted_NorAllocated()
    {
        var senders = new SpanLinks();
        StartAll(senders);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++) StartAll(senders);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Send_CarriesItsTraceInTheHeaders()
    {
        using ActivityListener listener = Listen();
        Activity sent = Spans.StartSend("usage")!;
        sent.TraceStateString = "a=1";
        var message = new Message<byte[], byte[]>();
        TraceHeaders.Write(message, sent);
        Spans.EndSend(sent, partition: 3, offset: 17, error: null);

        Assert.True(TraceHeaders.TryRead(message.Headers, out ActivityContext read));
        Assert.Equal(
            (sent.TraceId, sent.SpanId, "a=1", true, ActivityTraceFlags.Recorded),
            (read.TraceId, read.SpanId, read.TraceState, read.IsRemote, read.TraceFlags));
        Assert.Equal(("3", 17L), (sent.GetTagItem("messaging.destination.partition.id"), sent.GetTagItem("messaging.kafka.offset")));
        Assert.Equal(ActivityKind.Producer, sent.Kind);
        Assert.Null(Activity.Current);
    }

    [Fact]
    public void Send_Refused_SaysWhy()
    {
        using ActivityListener listener = Listen();
        Activity sent = Spans.StartSend("usage")!;
        Spans.EndSend(sent, partition: 0, offset: 0, "MsgSizeTooLarge");
        Assert.Equal((ActivityStatusCode.Error, "MsgSizeTooLarge"), (sent.Status, sent.GetTagItem("error.type")));
        Assert.Null(sent.GetTagItem("messaging.kafka.offset"));
    }

    [Fact]
    public void Send_NotRecorded_WritesNoHeader()
    {
        using ActivityListener listener = Listen(ActivitySamplingResult.PropagationData);
        var message = new Message<byte[], byte[]>();
        using Activity sent = Spans.StartSend("usage")!;
        TraceHeaders.Write(message, sent);
        Assert.Null(message.Headers);
    }

    [Fact]
    public void Process_RecordsOfOneSender_IsAPartOfItsTrace()
    {
        using ActivityListener listener = Listen();
        var senders = new SpanLinks();
        Headers sender = Sender(out ActivityContext context);
        for (int i = 0; i < 3; i++) senders.Add(sender);
        senders.Add(null);
        using Activity chunk = Spans.StartProcess("group", partition: 2, records: 4, senders)!;

        Assert.Equal((context.TraceId, context.SpanId), (chunk.TraceId, chunk.ParentSpanId));
        Assert.Equal(context, Assert.Single(chunk.Links).Context);
        Assert.Equal((4, "2"), (chunk.GetTagItem("messaging.batch.message_count"), chunk.GetTagItem("messaging.destination.partition.id")));
    }

    [Fact]
    public void Process_RecordsOfManySenders_IsARootThatLinksToSome()
    {
        using ActivityListener listener = Listen();
        var senders = new SpanLinks();
        var contexts = new List<ActivityContext>();
        for (int i = 0; i < 100; i++)
        {
            senders.Add(Sender(out ActivityContext context));
            contexts.Add(context);
        }

        using Activity chunk = Spans.StartProcess("group", partition: 2, records: 100, senders)!;

        Assert.Equal(default, chunk.ParentSpanId);
        Assert.Equal(contexts.Take(SpanLinks.Most), chunk.Links.Select(link => link.Context));
        senders.Clear();
        Assert.Null(senders.Links);
        Assert.Equal(default, senders.OnlyOne);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData("x")]
    public void Headers_OfNoTrace_AreNoFault(string traceParent)
    {
        var senders = new SpanLinks();
        senders.Add(new Headers { { TraceHeaders.TraceParent, Encoding.UTF8.GetBytes(traceParent) } });
        senders.Add(new Headers { { TraceHeaders.TraceParent, null } });
        Assert.Null(senders.Links);
    }

    [Fact]
    public void Scripts_AreSpansOnlyInsideOfRecordedOnes()
    {
        using ActivityListener listener = Listen();
        Assert.Null(Spans.StartScript("reserve"));
        Assert.Equal("", Spans.CurrentTraceParent);
        using Activity decide = Spans.StartDecide()!;
        using Activity script = Spans.StartScript("reserve")!;
        Assert.Equal((decide.SpanId, "EVALSHA reserve"), (script.ParentSpanId, script.DisplayName));
        Assert.Equal(
            ("redis", "EVALSHA", "reserve"),
            (script.GetTagItem("db.system.name"), script.GetTagItem("db.operation.name"), script.GetTagItem("db.stored_procedure.name")));
        Assert.Equal(script.Id, Spans.CurrentTraceParent);
    }

    /// <summary>What a decision, a record and a chunk cost.</summary>
    private static void StartAll(SpanLinks senders)
    {
        using Activity? decide = Spans.StartDecide();
        using Activity? script = Spans.StartScript("reserve");
        using Activity? commands = Spans.StartCommands("MGET HGETALL", count: 2);
        using Activity? chunk = Spans.StartProcess("group", partition: 1, records: 2, senders);
        Activity? sent = Spans.StartSend("usage");
        Spans.EndSend(sent, partition: 0, offset: 0, error: null);
        Spans.LinkCurrent(null);
        Assert.True(Spans.CurrentTraceParent.Length == 0 && !Spans.AreWanted);
    }

    private static Headers Sender(out ActivityContext context)
    {
        context = new ActivityContext(
            ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, traceState: null, isRemote: true);
        return new Headers { { TraceHeaders.TraceParent, Encoding.ASCII.GetBytes($"00-{context.TraceId}-{context.SpanId}-01") } };
    }

    private static ActivityListener Listen(ActivitySamplingResult sampled = ActivitySamplingResult.AllDataAndRecorded)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Spans.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => sampled,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
