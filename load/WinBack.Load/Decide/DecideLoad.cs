using System.Globalization;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using NBomber.Contracts;
using NBomber.Contracts.Stats;
using NBomber.CSharp;
using StackExchange.Redis;
using WinBack.Cli.Run;

namespace WinBack.Load.Decide;

/// <summary>
/// DecideNextAction through the real client, generator, service and Redis on this machine. The peer is an empty unary
/// call (health check) on the same server with the same client.
/// </summary>
internal sealed class DecideLoad(string dll, int rate, int copies, TimeSpan during)
{
    private readonly Random _random = new(1);

    internal async Task RunAsync(TextWriter output, CancellationToken stop)
    {
        await using ServiceProcess service = await LoadedService.StartAsync(dll, stop);
        using GrpcChannel channel = GrpcChannel.ForAddress(service.Grpc);
        var health = new Health.HealthClient(channel);
        var decisions = new V1.DecisionService.DecisionServiceClient(channel);
        Func<Task> empty = async () => await health.CheckAsync(new HealthCheckRequest());
        Func<Task> preview = async () => await decisions.DecideNextActionAsync(Request(isPreview: true));
        Func<Task> decide = async () => await decisions.DecideNextActionAsync(Request(isPreview: false));

        await output.WriteLineAsync($"closed loop, {copies} callers, {during.TotalSeconds:F0} s each; then open loop at {rate:N0}/s");
        var cpu = new ProcessTreeCpu(service.ProcessId);
        double emptyRate = Closed(output, "empty", empty, cpu);
        double previewRate = Closed(output, "validate_only", preview, cpu);
        double decideRate = Closed(output, "decide", decide, cpu);
        await output.WriteLineAsync($"of the empty call's rate: validate_only {previewRate / emptyRate:F2}, decide {decideRate / emptyRate:F2}");
        await output.WriteLineAsync(await RedisCostsAsync(service.Redis));
        Open(output, "empty_open", empty);
        Open(output, "decide_open", decide);
    }

    private double Closed(TextWriter output, string name, Func<Task> call, ProcessTreeCpu cpu)
    {
        long calls = 0;
        IReadOnlyDictionary<string, TimeSpan> before = cpu.Read();
        ScenarioStats stats = Run(
            name,
            () =>
            {
                Interlocked.Increment(ref calls);
                return call();
            },
            Simulation.KeepConstant(copies, during));
        IReadOnlyDictionary<string, TimeSpan> after = cpu.Read();
        Print(output, name, stats);
        output.WriteLine("CPU us/call: " + string.Join(
            ", ", after.Select(process => $"{process.Key} {(process.Value - before[process.Key]).TotalMicroseconds / calls:F1}")));
        return stats.Ok.Request.RPS;
    }

    private void Open(TextWriter output, string name, Func<Task> call) =>
        Print(output, name, Run(name, call, Simulation.Inject(rate, TimeSpan.FromSeconds(1), during)));

    private static ScenarioStats Run(string name, Func<Task> call, LoadSimulation simulation)
    {
        ScenarioProps scenario = Scenario.Create(name, async _ =>
            {
                try
                {
                    await call();
                    return Response.Ok();
                }
                catch (RpcException e)
                {
                    return Response.Fail(e.StatusCode.ToString(), e.Status.Detail);
                }
            })
            .WithWarmUpDuration(TimeSpan.FromSeconds(3))
            .WithLoadSimulations(simulation);
        return NBomberRunner.RegisterScenarios(scenario).WithoutReports().Run().ScenarioStats[0];
    }

    private static void Print(TextWriter output, string name, ScenarioStats stats) => output.WriteLine(
        $"{name,-14} {stats.Ok.Request.RPS,9:N0}/s   p50 {stats.Ok.Latency.Percent50,7:F2} ms   p99 {stats.Ok.Latency.Percent99,7:F2} ms   failed {stats.Fail.Request.Count:N0}");

    /// <summary>What each command has cost Redis so far, of those that cost most.</summary>
    private static async Task<string> RedisCostsAsync(string address)
    {
        await using ConnectionMultiplexer redis = await ConnectionMultiplexer.ConnectAsync(address);
        string stats = (string)(await redis.GetDatabase().ExecuteAsync("INFO", "commandstats"))!;
        return "Redis: " + string.Join("; ", stats.Split('\n').Where(l => l.StartsWith("cmdstat_", StringComparison.Ordinal))
            .Select(l => l["cmdstat_".Length..].Split(':', ','))
            .OrderByDescending(f => long.Parse(f[2].Split('=')[1], CultureInfo.InvariantCulture)).Take(6)
            .Select(f => $"{f[0]} {f[1]} {f[3]}"));
    }

    private V1.DecideNextActionRequest Request(bool isPreview)
    {
        lock (_random)
        {
            var request = new V1.DecideNextActionRequest
            {
                CustomerId = LoadedService.CustomerOf(_random.Next(LoadedService.Customers)), ValidateOnly = isPreview,
            };
            if (!isPreview) request.RequestId = Guid.NewGuid().ToString("D");
            return request;
        }
    }
}
