using System.Collections.Concurrent;
using System.Diagnostics;
using Grpc.Net.Client;
using WinBack.Cli.Run;

namespace WinBack.Load.Decide;

/// <summary>
/// BatchDecideNextActions through the real client, generator, service and Redis on this machine. The peer is the same
/// number of decisions as calls of their own over the same channel.
/// </summary>
internal sealed class BatchLoad(string dll, int size, int callers, TimeSpan during)
{
    internal async Task RunAsync(TextWriter output, CancellationToken stop)
    {
        await using ServiceProcess service = await LoadedService.StartAsync(dll, stop);
        // An answer of a thousand decisions is more than the 4 MB of the default when reasons are long.
        using GrpcChannel channel = GrpcChannel.ForAddress(service.Grpc, new GrpcChannelOptions { MaxReceiveMessageSize = 16 << 20 });
        var decisions = new V1.DecisionService.DecisionServiceClient(channel);
        var cpu = new ProcessTreeCpu(service.ProcessId);
        await output.WriteLineAsync($"closed loop, {callers} callers, batches of {size}, {during.TotalSeconds:F0} s each after 3 s of warm-up");
        foreach (bool isPreview in (bool[])[true, false])
        {
            string what = isPreview ? "validate_only" : "decide";
            await MeasureAsync(output, $"{what}, one a call", 1, callers * 16, random => OneAsync(decisions, random, isPreview), cpu);
            await MeasureAsync(output, $"{what}, batch", size, callers, random => BatchAsync(decisions, random, isPreview), cpu);
        }
    }

    private async Task MeasureAsync(
        TextWriter output, string name, int decisionsPerCall, int copies, Func<Random, Task> call, ProcessTreeCpu cpu)
    {
        await LoopAsync(copies, TimeSpan.FromSeconds(3), call);
        IReadOnlyDictionary<string, TimeSpan> before = cpu.Read();
        double[] milliseconds = await LoopAsync(copies, during, call);
        IReadOnlyDictionary<string, TimeSpan> after = cpu.Read();
        double decisions = (double)milliseconds.Length * decisionsPerCall;
        Array.Sort(milliseconds);
        await output.WriteLineAsync(
            $"{name,-26} {decisions / during.TotalSeconds,9:N0} decisions/s   call p50 {milliseconds[milliseconds.Length / 2],7:F2} ms"
            + $"   p99 {milliseconds[milliseconds.Length * 99 / 100],7:F2} ms   CPU us/decision: "
            + string.Join(", ", after.Select(p => $"{p.Key} {(p.Value - before[p.Key]).TotalMicroseconds / decisions:F1}")));
    }

    /// <summary>How long each call took, in milliseconds.</summary>
    private static async Task<double[]> LoopAsync(int copies, TimeSpan during, Func<Random, Task> call)
    {
        var took = new ConcurrentBag<double>();
        long started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, copies).Select(copy => Task.Run(async () =>
        {
            var random = new Random(copy);
            while (Stopwatch.GetElapsedTime(started) < during)
            {
                long from = Stopwatch.GetTimestamp();
                await call(random);
                took.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            }
        })));
        return [.. took];
    }

    private static async Task OneAsync(V1.DecisionService.DecisionServiceClient decisions, Random random, bool isPreview) =>
        await decisions.DecideNextActionAsync(Request(random, isPreview));

    private async Task BatchAsync(V1.DecisionService.DecisionServiceClient decisions, Random random, bool isPreview)
    {
        var batch = new V1.BatchDecideNextActionsRequest();
        for (int i = 0; i < size; i++) batch.Requests.Add(Request(random, isPreview));
        V1.BatchDecideNextActionsResponse response = await decisions.BatchDecideNextActionsAsync(batch);
        foreach (V1.DecisionResult result in response.Results)
            if (result.Status is { } status) throw new InvalidOperationException($"{result.RequestId}: {status}");
    }

    private static V1.DecideNextActionRequest Request(Random random, bool isPreview) => new()
    {
        CustomerId = LoadedService.CustomerOf(random.Next(LoadedService.Customers)),
        RequestId = isPreview ? "" : Guid.NewGuid().ToString("D"),
        ValidateOnly = isPreview,
    };
}
