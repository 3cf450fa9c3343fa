using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using WinBack.Cli;
using WinBack.Cli.Run;
using WinBack.Load.Arguments;
using WinBack.Load.Runs;

namespace WinBack.Load.Target;

/// <summary>The service that load is put on, through the real clients: gRPC over loopback, events through the real producer.</summary>
internal sealed class LoadTarget : IAsyncDisposable
{
    /// <summary>A batch of a thousand decisions is more than the 4 MB of the default when reasons are long.</summary>
    private const int MaxAnswerBytes = 16 << 20;

    private readonly ServiceProcess? _own;
    private readonly GrpcChannel _channel;
    private readonly string? _bootstrap;
    private readonly List<EventSender> _senders = [];

    private LoadTarget(ServiceProcess? own, LoadPlan plan)
    {
        _own = own;
        _bootstrap = own?.Kafka ?? plan.Bootstrap;
        // Beyond the 100 calls that a server takes on one connection, others are opened: callers are not one process in life.
        var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true };
        Address = own is null ? plan.Address! : new Uri(own.Grpc);
        _channel = GrpcChannel.ForAddress(
            Address, new GrpcChannelOptions { MaxReceiveMessageSize = MaxAnswerBytes, HttpHandler = handler, DisposeHttpClient = true });
        Decisions = new V1.DecisionService.DecisionServiceClient(_channel);
        Customers = new V1.CustomerService.CustomerServiceClient(_channel);
        Health = new Health.HealthClient(_channel);
        Cpu = new ProcessTreeCpu(own?.ProcessId);
        Population = new Population(plan.Customers, plan.Seed, plan.Prefix);
    }

    internal Uri Address { get; }

    internal V1.DecisionService.DecisionServiceClient Decisions { get; }

    internal V1.CustomerService.CustomerServiceClient Customers { get; }

    internal Health.HealthClient Health { get; }

    internal ProcessTreeCpu Cpu { get; }

    internal Population Population { get; }

    internal ServiceClock Clock { get; private set; } = null!;

    /// <summary>Whether there is a way to send events.</summary>
    internal bool HasEvents => _bootstrap is not null;

    /// <summary>Null when the service is not the tool's own.</summary>
    internal string? Redis => _own?.Redis;

    /// <summary>The service at the address of the plan, or one of the tool's own; with customers in it.</summary>
    /// <exception cref="BadInputException">It is not there, or does not fold.</exception>
    internal static async Task<LoadTarget> OpenAsync(LoadPlan plan, LoadReport report, CancellationToken stop)
    {
        ServiceProcess? own = plan.Address is null ? await EmbeddedService.StartAsync(plan.ServiceDll, stop) : null;
        var target = new LoadTarget(own, plan);
        try
        {
            target.Clock = await ServiceClock.ReadAsync(target.Decisions, stop);
            string whose = own is null ? "running" : "the tool's own";
            report.Say($"service {target.Address}, {whose}; Kafka {target._bootstrap ?? "none"}; seed {plan.Seed}");
            if (target.HasEvents) await new PopulationEvents(target).SendAsync(stop);
            else report.Say("no --bootstrap: customers are taken to be there, from an earlier run with it");
            return target;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable)
        {
            await target.DisposeAsync();
            throw new BadInputException($"--address {target.Address}: nothing answers there: start the service, or correct the address", e);
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    /// <summary>A producer of its own, which ends with the target.</summary>
    /// <param name="linger">How long it waits for more records; null for the producer's default.</param>
    internal EventSender OpenSender(TimeSpan? linger = null)
    {
        var sender = new EventSender(_bootstrap!, linger);
        _senders.Add(sender);
        return sender;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (EventSender sender in _senders) sender.Dispose();
        _channel.Dispose();
        if (_own is not null) await _own.DisposeAsync();
    }
}
