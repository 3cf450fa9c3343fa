using System.Diagnostics;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using WinBack.Adapters.Kafka;
using WinBack.Cli.Run;

namespace WinBack.Load.Decide;

/// <summary>
/// How long after an opt-out is sent through Kafka the confirmation of a decision made before it is refused (rules C1), while
/// callers decide as fast as they can and other events arrive.
/// </summary>
/// <param name="samples">At most <see cref="LoadedService.Customers"/>; one customer each.</param>
/// <param name="callers">Callers of the load beside.</param>
/// <param name="rate">Events a second beside.</param>
internal sealed class OptOutLoad(string dll, int samples, int callers, int rate)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);
    private static readonly DateTimeOffset Time = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    internal async Task RunAsync(TextWriter output, CancellationToken stop)
    {
        await using ServiceProcess service = await LoadedService.StartAsync(dll, stop);
        using GrpcChannel channel = GrpcChannel.ForAddress(service.Grpc);
        using var producer = new EventProducer(
            new KafkaOptions { BootstrapServers = service.Kafka }, new EventProducerOptions { Linger = TimeSpan.Zero });
        var client = new V1.DecisionService.DecisionServiceClient(channel);
        var customers = new V1.CustomerService.CustomerServiceClient(channel);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task<long>[] beside =
        [
            .. Enumerable.Range(0, callers).Select(seed => DecideAsync(client, seed, ended.Token)), SendAsync(producer, ended.Token),
        ];
        var milliseconds = new List<double>();
        for (int i = 0; i < LoadedService.Customers && milliseconds.Count < samples; i++)
            if (await SampleAsync(client, customers, producer, LoadedService.CustomerOf(i), stop) is { } taken) milliseconds.Add(taken);
        await ended.CancelAsync();
        long decided = (await Task.WhenAll(beside))[..^1].Sum();
        milliseconds.Sort();
        await output.WriteLineAsync(
            $"{milliseconds.Count:N0} opt-outs: confirmation refused after p50 {milliseconds[milliseconds.Count / 2]:F1} ms, "
            + $"p99 {milliseconds[milliseconds.Count * 99 / 100]:F1} ms, max {milliseconds[^1]:F1} ms; "
            + $"beside it {decided:N0} decisions, {rate:N0} events/s");
    }

    /// <returns>Milliseconds; null when nothing would be sent to the customer.</returns>
    private static async Task<double?> SampleAsync(
        V1.DecisionService.DecisionServiceClient client, V1.CustomerService.CustomerServiceClient customers, EventProducer producer,
        string customer, CancellationToken stop)
    {
        V1.Decision decision = (await client.DecideNextActionAsync(Request(customer), cancellationToken: stop)).Decision;
        if (decision.Kind != V1.Decision.Types.Kind.Action) return null;
        var optOut = new V1.CustomerEvent
        {
            EventId = "opt-out-" + customer, CustomerId = customer, EventTime = Time.ToTimestamp(), Source = "load",
            Consent = new V1.ConsentEvent { Channel = decision.Channel, Kind = V1.ConsentEvent.Types.Kind.Withdrawn },
        };
        long sent = Stopwatch.GetTimestamp();
        await producer.SendAsync(optOut, Time, stop);
        // Confirming in the meantime would succeed and end the sample, so the state is looked at until it knows.
        while (!await HasWithdrawnAsync(customers, customer, decision.Channel, stop))
            if (Stopwatch.GetElapsedTime(sent) > Patience) throw new TimeoutException($"the opt-out of {customer} was not seen within {Patience}");
        try
        {
            await client.ConfirmDecisionAsync(new V1.ConfirmDecisionRequest { DecisionId = decision.DecisionId }, cancellationToken: stop);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.FailedPrecondition)
        {
            return Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
        }

        throw new InvalidOperationException($"a decision of {customer} was confirmed after the opt-out");
    }

    private static async Task<bool> HasWithdrawnAsync(
        V1.CustomerService.CustomerServiceClient customers, string customer, V1.Channel channel, CancellationToken stop)
    {
        V1.Customer found = await customers.GetCustomerAsync(new V1.GetCustomerRequest { CustomerId = customer }, cancellationToken: stop);
        return found.Channels.Any(c => c.Channel == channel && c.Consent == "withdrawn");
    }

    private static async Task<long> DecideAsync(V1.DecisionService.DecisionServiceClient client, int seed, CancellationToken stop)
    {
        var random = new Random(seed);
        for (long decided = 0; ; decided++)
        {
            if (stop.IsCancellationRequested) return decided;
            string customer = LoadedService.CustomerOf(random.Next(LoadedService.Customers));
            await client.DecideNextActionAsync(Request(customer), cancellationToken: CancellationToken.None);
        }
    }

    private async Task<long> SendAsync(EventProducer producer, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Step);
        int perStep = (int)Math.Ceiling(rate * Step.TotalSeconds);
        for (long sent = 0; ; sent += perStep)
        {
            if (stop.IsCancellationRequested) return sent;
            for (int i = 0; i < perStep; i++)
                await producer.SendAsync(LoadedService.Purchase($"beside-{sent + i}", $"beside-{sent + i}", Time), Time, CancellationToken.None);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private static V1.DecideNextActionRequest Request(string customer) =>
        new() { CustomerId = customer, RequestId = Guid.NewGuid().ToString("D") };
}
