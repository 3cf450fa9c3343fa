using System.Diagnostics;
using Grpc.Core;
using Grpc.Net.Client;
using WinBack.Adapters.Kafka;
using WinBack.Cli.Run;

namespace WinBack.Load.Decide;

/// <summary>How long after it is sent an event shows in GetCustomer: one event at a time, each of a new customer.</summary>
internal sealed class VisibleLoad(string dll, int events)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    internal async Task RunAsync(TextWriter output, CancellationToken stop)
    {
        await using ServiceProcess service = await LoadedService.StartAsync(dll, stop);
        using GrpcChannel channel = GrpcChannel.ForAddress(service.Grpc);
        var customers = new V1.CustomerService.CustomerServiceClient(channel);
        using var producer = new EventProducer(
            new KafkaOptions { BootstrapServers = service.Kafka }, new EventProducerOptions { Linger = TimeSpan.Zero });
        double[] milliseconds = new double[events];
        for (int i = 0; i < events; i++)
        {
            var time = new DateTimeOffset(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);
            string customer = $"visible-{i}";
            long sent = Stopwatch.GetTimestamp();
            await producer.SendAsync(LoadedService.Purchase(customer, $"visible-{i}", time), time, stop);
            while (!await IsThereAsync(customers, customer, stop))
                if (Stopwatch.GetElapsedTime(sent) > Patience) throw new TimeoutException($"event {i} was not visible within {Patience}");
            milliseconds[i] = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
        }

        Array.Sort(milliseconds);
        await output.WriteLineAsync(
            $"{events:N0} events: visible after p50 {milliseconds[events / 2]:F1} ms, p99 {milliseconds[events * 99 / 100]:F1} ms, max {milliseconds[^1]:F1} ms");
    }

    private static async Task<bool> IsThereAsync(V1.CustomerService.CustomerServiceClient customers, string customer, CancellationToken stop)
    {
        try
        {
            await customers.GetCustomerAsync(new V1.GetCustomerRequest { CustomerId = customer }, cancellationToken: stop);
            return true;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return false;
        }
    }
}
