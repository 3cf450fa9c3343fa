using System.Diagnostics;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using WinBack.Adapters.Kafka;
using WinBack.Cli.Run;
using WinBack.V1;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace WinBack.IntegrationTests.Service;

/// <summary>One service process with the clients of a caller: gRPC, and events through Kafka.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private static readonly TimeSpan FoldLimit = TimeSpan.FromSeconds(60);
    private readonly EventProducer _producer;
    private readonly GrpcChannel _channel;
    private readonly long _ready = Stopwatch.GetTimestamp();

    private RunningService(ServiceProcess process)
    {
        Process = process;
        _channel = GrpcChannel.ForAddress(process.Grpc);
        Decisions = new DecisionService.DecisionServiceClient(_channel);
        Customers = new CustomerService.CustomerServiceClient(_channel);
        Models = new ModelService.ModelServiceClient(_channel);
        HealthChecks = new Health.HealthClient(_channel);
        _producer = new EventProducer(
            new KafkaOptions { BootstrapServers = process.Kafka }, new EventProducerOptions { Linger = TimeSpan.Zero });
    }

    internal ServiceProcess Process { get; }

    /// <summary>The test ends it otherwise than by disposing of it.</summary>
    internal bool MayEnd { get; set; }

    /// <summary>The test looks at the errors itself: see <see cref="LoggedErrors"/>.</summary>
    internal bool MayLogErrors { get; set; }

    internal DecisionService.DecisionServiceClient Decisions { get; }

    internal CustomerService.CustomerServiceClient Customers { get; }

    internal ModelService.ModelServiceClient Models { get; }

    internal Health.HealthClient HealthChecks { get; }

    /// <summary>What the service's clock shows, or a moment before; to the millisecond, as event times are kept.</summary>
    internal DateTimeOffset Now =>
        Stores.Start.AddMilliseconds(Math.Floor(Stopwatch.GetElapsedTime(_ready).TotalMilliseconds));

    internal static async Task<RunningService> StartAsync(IEnumerable<string> settings) =>
        new(await ServiceProcess.StartAsync(Stores.ServiceDll, settings, CancellationToken.None));

    /// <summary>Sends events as they happened and waits until the last of each customer is in its state.</summary>
    internal async Task FoldAsync(params CustomerEvent[] events)
    {
        await SendAsync(events);
        foreach (CustomerEvent last in events.GroupBy(e => e.CustomerId).Select(ofOne => ofOne.MaxBy(e => e.EventTime)!))
            await UntilAsync(
                async () => (await FindAsync(last.CustomerId)) is { } found && found.LastEventTime >= last.EventTime,
                $"{last.CustomerId} is folded");
    }

    internal async Task SendAsync(params CustomerEvent[] events)
    {
        foreach (CustomerEvent e in events) await _producer.SendAsync(e, e.EventTime.ToDateTimeOffset(), CancellationToken.None);
        _producer.Flush(CancellationToken.None);
        Assert.Empty(_producer.Errors);
    }

    internal async Task<Decision> DecideAsync(string customer, string requestId = "", DecisionView view = DecisionView.Basic) =>
        (await Decisions.DecideNextActionAsync(
            new DecideNextActionRequest { CustomerId = customer, RequestId = requestId.Length > 0 ? requestId : NewId(), View = view })).Decision;

    /// <param name="service">"" for the whole server.</param>
    internal async Task<ServingStatus> HealthAsync(string service = "") =>
        (await HealthChecks.CheckAsync(new HealthCheckRequest { Service = service })).Status;

    internal static string NewId() => Guid.NewGuid().ToString("D");

    /// <summary>Waits for something that is bound to happen.</summary>
    internal async Task UntilAsync(Func<Task<bool>> happened, string what, TimeSpan? most = null)
    {
        TimeSpan limit = most ?? FoldLimit;
        long started = Stopwatch.GetTimestamp();
        while (!await happened())
        {
            Assert.False(Process.HasEnded, $"the service ended; log:\n{Process.EndOfLog()}");
            Assert.True(Stopwatch.GetElapsedTime(started) < limit, $"not within {limit}: {what}; log:\n{Process.EndOfLog()}");
            await Task.Delay(25);
        }
    }

    /// <summary>The first line of each error.</summary>
    internal IReadOnlyList<string> LoggedErrors() =>
        [.. File.ReadAllLines(Process.LogFile).Where(line => line.Contains("fail: ", StringComparison.Ordinal))];

    /// <summary>Fails when the service ended by itself, or logged an error that was not expected.</summary>
    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        _producer.Dispose();
        string log = File.ReadAllText(Process.LogFile);
        bool hasEnded = Process.HasEnded;
        await Process.DisposeAsync();
        Assert.False(hasEnded && !MayEnd, log);
        if (!MayLogErrors) Assert.DoesNotContain("fail: ", log, StringComparison.Ordinal);
        Assert.DoesNotContain("crit: ", log, StringComparison.Ordinal);
    }

    private async Task<Customer?> FindAsync(string customer)
    {
        try
        {
            return await Customers.GetCustomerAsync(new GetCustomerRequest { CustomerId = customer });
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }
}
