using Google.Protobuf.WellKnownTypes;
using WinBack.Adapters.Kafka;
using WinBack.Cli.Run;

namespace WinBack.Load.Decide;

/// <summary>The embedded service with customers in it who bought some months ago, so that many of them are lapsed.</summary>
internal static class LoadedService
{
    internal const int Customers = 20_000;

    internal static string CustomerOf(int number) => $"c{number:D7}";

    internal static async Task<ServiceProcess> StartAsync(string dll, CancellationToken stop)
    {
        ServiceProcess service = await ServiceProcess.StartAsync(
            dll,
            [
                "--WinBack:Roles=embedded",
                "--Clock:StandAt=2026-09-01T12:00:00Z",
                $"--WinBack:Models={Path.GetFullPath("models")}",
                $"--WinBack:Playbook={Path.GetFullPath("playbooks/default.yaml")}",
                "--Kestrel:Endpoints:Grpc:Url=http://127.0.0.1:0",
                "--Kestrel:Endpoints:Http:Url=http://127.0.0.1:0",
            ],
            stop);
        using var producer = new EventProducer(new KafkaOptions { BootstrapServers = service.Kafka }, new EventProducerOptions());
        for (int i = 0; i < 3 * Customers; i++)
        {
            DateTimeOffset time = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(2.5 * i);
            await producer.SendAsync(Purchase(CustomerOf(i % Customers), $"load-{i}", time), time, stop);
        }

        producer.Flush(stop);
        return service;
    }

    internal static V1.CustomerEvent Purchase(string customer, string id, DateTimeOffset time) => new()
    {
        EventId = id,
        CustomerId = customer,
        EventTime = time.ToTimestamp(),
        Source = "load",
        Billing = new V1.BillingEvent
        {
            Kind = V1.BillingEvent.Types.Kind.Purchase,
            Amount = new V1.Money { AmountMicros = 80_000_000, CurrencyCode = "GBP" },
            ItemCount = 3,
            Category = "gift",
        },
    };
}
