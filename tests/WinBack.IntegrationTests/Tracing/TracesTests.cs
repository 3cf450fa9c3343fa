using System.Diagnostics;
using System.Text;
using Grpc.Core;
using WinBack.Cli.EventFiles;
using WinBack.IntegrationTests.Service;
using WinBack.V1;

namespace WinBack.IntegrationTests.Tracing;

/// <summary>
/// Spans of the programs themselves, as an OTLP receiver gets them: `winback produce` as a process (http/protobuf, set by OTEL_*)
/// and the service (grpc, set by its options). Each step has its caller's trace, so it is known what must belong to what.
/// </summary>
public sealed class TracesTests : IAsyncLifetime
{
    private const int Server = 2, Client = 3, Producer = 4, Consumer = 5;
    private const string Customer = "traced-customer";
    private static readonly string WinBackDll = Path.Combine(AppContext.BaseDirectory, "winback.dll");

    /// <summary>Spans are exported every five seconds.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("winback-traces-").FullName;
    private OtlpReceiver _receiver = null!;
    private Stores _stores = null!;
    private RunningService _service = null!;

    public async Task InitializeAsync()
    {
        _receiver = await OtlpReceiver.StartAsync();
        _stores = await Stores.StartAsync();
        // Nothing of its own accord: what is recorded is what a caller records.
        _service = await RunningService.StartAsync(
            [.. _stores.Settings("ingest,decide"), $"--Tracing:OtlpEndpoint={_receiver.Grpc}", "--Tracing:SampleRatio=0"]);
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _stores.DisposeAsync();
        await _receiver.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task ProduceFoldDecideConfirm_OfOneCaller_AreOneTrace()
    {
        ActivityContext caller = NewCaller();
        CustomerEvent[] orders = Events.Orders(Customer, lastDaysAgo: 100, _service.Now);
        await ProduceAsync(caller, orders[..1]);
        await ProduceAsync(caller, orders[1..]);
        Decision decision = await DecideAsync(caller);
        await _service.Decisions.ConfirmDecisionAsync(new() { DecisionId = decision.DecisionId }, Headers(caller));
        ReplayDecisionResponse replayed = await _service.Decisions.ReplayDecisionAsync(new() { DecisionId = decision.DecisionId });

        await UntilAsync(spans => spans.Any(s => s.Name == "winback.v1.DecisionService/ConfirmDecision")
            && spans.Count(s => s.Kind == Producer) == orders.Length + 1 && LinkedOrFollowed(spans).Count == orders.Length);
        OtlpSpan[] ofCaller = [.. _receiver.Spans.Where(s => s.Trace == Hex(caller.TraceId))];

        // Produce: the command, under it one span a record.
        OtlpSpan command = ofCaller.First(s => s.Name == "produce");
        Assert.Equal((Hex(caller.SpanId), "winback-produce"), (command.Parent, command.Service));
        OtlpSpan sent = ofCaller.Single(s => s.Name == "send billing" && s.Parent == command.Id);
        Assert.Equal(("kafka", "billing"), (sent.Attributes["messaging.system"], sent.Attributes["messaging.destination.name"]));

        // Fold: the chunk of the one record is a part of its trace, and so are its scripts.
        OtlpSpan folded = ofCaller.Single(s => s.Kind == Consumer && s.Parent == sent.Id);
        Assert.Equal(("process", "winback", "1"), (folded.Name, folded.Service, folded.Attributes["messaging.batch.message_count"]));
        Assert.Equal(sent.Attributes["messaging.destination.partition.id"], folded.Attributes["messaging.destination.partition.id"]);
        Assert.Contains(ofCaller, s => s.Parent == folded.Id && s.Name == "EVALSHA commit" && s.Kind == Client);

        // Decide: the call, the decision in it, both round trips; the record of the decision continues it.
        OtlpSpan call = ofCaller.Single(s => s.Name == "winback.v1.DecisionService/DecideNextAction");
        Assert.Equal((Hex(caller.SpanId), Server), (call.Parent, call.Kind));
        Assert.Equal(("grpc", "OK"), (call.Attributes["rpc.system.name"], call.Attributes["rpc.response.status_code"]));
        OtlpSpan decide = ofCaller.Single(s => s.Name == "decide");
        Assert.Equal((call.Id, "action"), (decide.Parent, decide.Attributes["winback.decision.outcome"]));
        ILookup<bool, string> inDecide = ofCaller.Where(s => s.Parent == decide.Id).Select(s => s.Name).ToLookup(
            name => name is "EVALSHA expected" or "EVALSHA reserve");
        // By the one script, or by the other one when the first has left it.
        Assert.NotEmpty(inDecide[true]);
        Assert.Equal(["MGET HGETALL", "send decisions"], inDecide[false].Order(StringComparer.Ordinal));
        var record = Assert.Single(DecisionsTopic.ReadRecords(_stores, 1));
        Assert.Equal($"00-{decide.Trace}-{decide.Id}-01", Encoding.ASCII.GetString(record.Message.Headers.GetLastBytes("traceparent")));

        // Confirm: of its caller, and linked to what decided. What was traced is made again bit for bit all the same.
        OtlpSpan confirm = ofCaller.Single(s => s.Name == "winback.v1.DecisionService/ConfirmDecision");
        Assert.Equal(Hex(caller.SpanId), confirm.Parent);
        Assert.Equal([(decide.Trace, decide.Id)], confirm.Links);
        Assert.Contains(ofCaller, s => s.Parent == confirm.Id && s.Name == "EVALSHA confirm");
        Assert.True(replayed.Identical, replayed.Differences.ToString());
        AssertNobodyIsNamed();
    }

    /// <summary>Chunks of records of several senders are traces of their own, which link to all of them.</summary>
    [Fact]
    public async Task RecordsOfManySenders_AreFoldedInChunks_ThatLinkToThem()
    {
        // 30 records: a chunk of all of them has room for all links.
        CustomerEvent[] events =
            [.. Enumerable.Range(0, 6).SelectMany(i => Events.Orders($"{Customer}-{i}", lastDaysAgo: 100, _service.Now))];
        await ProduceAsync(NewCaller(), events);

        await UntilAsync(spans => LinkedOrFollowed(spans).Count == events.Length);

        Assert.All(_receiver.Spans.Where(s => s.Kind == Consumer && s.Parent == ""), chunk =>
            Assert.InRange(chunk.Links.Count, 2, 32));
        AssertNobodyIsNamed();
    }

    [Fact]
    public async Task SuppressionByCall_AndWhatIsAskedOverHttp_AreTraced_ProbesAreNot()
    {
        ActivityContext caller = NewCaller();
        using var http = new HttpClient { BaseAddress = new Uri(_service.Process.Http) };
        http.DefaultRequestHeaders.Add("traceparent", Text(caller));
        await http.GetStringAsync(new Uri("/healthz/live", UriKind.Relative));
        await http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        await _service.HealthChecks.CheckAsync(new(), Headers(caller));
        await _service.FoldAsync(Events.Orders(Customer, lastDaysAgo: 100, _service.Now));
        await _service.Customers.SuppressCustomerAsync(new() { CustomerId = Customer, Channels = { V1.Channel.Email } }, Headers(caller));
        await http.GetStringAsync(new Uri($"/v1/customers/{Customer}", UriKind.Relative));
        await Assert.ThrowsAsync<RpcException>(async () => await _service.Decisions.GetDecisionAsync(new() { DecisionId = "x" }, Headers(caller)));

        await UntilAsync(spans => spans.Any(s => s.Kind == Consumer) && spans.Any(s => s.Name.StartsWith("GET ", StringComparison.Ordinal))
            && spans.Any(s => s.Name.EndsWith("/GetDecision", StringComparison.Ordinal)));
        IReadOnlyList<OtlpSpan> spans = _receiver.Spans;

        Assert.All(spans, s => Assert.Equal(Hex(caller.TraceId), s.Trace));
        Assert.Equal(
            ["GET /v1/customers/{customer_id}", "winback.v1.CustomerService/SuppressCustomer", "winback.v1.DecisionService/GetDecision"],
            spans.Where(s => s.Kind == Server).Select(s => s.Name).Order(StringComparer.Ordinal));
        OtlpSpan suppress = spans.Single(s => s.Name.EndsWith("/SuppressCustomer", StringComparison.Ordinal));
        OtlpSpan sent = Assert.Single(spans, s => s.Kind == Producer);
        Assert.Equal((suppress.Id, "send engagement"), (sent.Parent, sent.Name));
        Assert.Contains(spans, s => s.Kind == Consumer && s.Parent == sent.Id);
        OtlpSpan wrong = spans.Single(s => s.Name.EndsWith("/GetDecision", StringComparison.Ordinal));
        Assert.Equal(("INVALID_ARGUMENT", false), (wrong.Attributes["rpc.response.status_code"], wrong.IsError));
        AssertNobodyIsNamed();
    }

    private async Task<Decision> DecideAsync(ActivityContext caller) => (await _service.Decisions.DecideNextActionAsync(
        new() { CustomerId = Customer, RequestId = RunningService.NewId() }, Headers(caller))).Decision;

    private async Task ProduceAsync(ActivityContext caller, CustomerEvent[] events)
    {
        string file = Path.Combine(_folder, $"{ActivitySpanId.CreateRandom()}.events");
        using (var writer = new EventFileWriter(File.Create(file), EventFileFormat.Protobuf))
            foreach (CustomerEvent e in events) writer.Write(e);
        await ForeignTool.RunAsync(
            "env",
            [
                $"OTEL_EXPORTER_OTLP_ENDPOINT={_receiver.Http}", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", $"TRACEPARENT={Text(caller)}",
                Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", WinBackDll, "produce", "--events", file,
                "--bootstrap", _stores.Broker.BootstrapServers,
            ]);
        CustomerEvent last = events[^1];
        await _service.UntilAsync(
            async () =>
            {
                try
                {
                    return (await _service.Customers.GetCustomerAsync(new() { CustomerId = last.CustomerId })).LastEventTime >= last.EventTime;
                }
                catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
                {
                    return false;
                }
            },
            $"{last.CustomerId} is folded");
    }

    /// <summary>The spans that sent a record to an event topic and whose record's chunk is a part of their trace, or links to them.</summary>
    private static HashSet<string> LinkedOrFollowed(IReadOnlyList<OtlpSpan> spans)
    {
        HashSet<string> senders = [.. spans.Where(s => s.Kind == Producer).Select(s => s.Id)];
        return [.. spans.Where(s => s.Kind == Consumer).SelectMany(s => s.Links.Select(l => l.Id).Append(s.Parent)).Where(senders.Contains)];
    }

    private Task UntilAsync(Func<IReadOnlyList<OtlpSpan>, bool> isThere) => _service.UntilAsync(
        () => Task.FromResult(isThere(_receiver.Spans)), "all spans are received", Limit);

    private void AssertNobodyIsNamed() => Assert.All(_receiver.Spans, span => Assert.DoesNotContain(
        Customer, string.Join(' ', span.Attributes.Values.Append(span.Name)), StringComparison.Ordinal));

    private static ActivityContext NewCaller() =>
        new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);

    private static Metadata Headers(ActivityContext caller) => new() { { "traceparent", Text(caller) } };

    private static string Text(ActivityContext caller) => $"00-{caller.TraceId}-{caller.SpanId}-01";

    private static string Hex(ActivityTraceId id) => id.ToHexString();

    private static string Hex(ActivitySpanId id) => id.ToHexString();
}
