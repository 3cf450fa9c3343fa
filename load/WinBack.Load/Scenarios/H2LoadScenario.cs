using Grpc.Health.V1;
using NBomber.Contracts;
using WinBack.Cli;
using WinBack.Cli.Dev;
using WinBack.Load.Arguments;
using WinBack.Load.Runs;
using WinBack.Load.Target;

namespace WinBack.Load.Scenarios;

/// <summary>
/// The same two calls by this tool and by h2load in turn, in a closed loop on one connection: an empty one, and validate_only for
/// one customer (h2load repeats one body). The rates differ by what the generators cost on shared cores; what a call costs the
/// service must not.
/// </summary>
internal sealed class H2LoadScenario : LoadScenario
{
    private const string EmptyCall = "grpc.health.v1.Health/Check";
    private const string DecideCall = "winback.v1.DecisionService/DecideNextAction";

    internal override string Name => "h2load";

    internal override string Summary => "An empty call and validate_only by this tool and by h2load: a second opinion.";

    internal override LoadDefaults Defaults { get; } = new(TimeSpan.FromSeconds(10), Copies: 64, Customers: 1_000);

    internal override async Task RunAsync(LoadPlan plan, LoadReport report, CancellationToken stop)
    {
        if (plan.Rate is not null) throw new BadInputException("--rate: both tools run closed loops here; give --copies");
        await using LoadTarget target = await LoadTarget.OpenAsync(plan, report, stop);
        var runner = new PartRunner(Name, plan, target, report, stop);
        string customer = target.Population[0];
        Directory.CreateDirectory(report.Folder);
        for (int round = 1; round <= plan.Rounds && !stop.IsCancellationRequested; round++)
        {
            await PairAsync("empty", Calls.Empty(target), EmptyCall, GrpcBody.Of(new HealthCheckRequest()));
            await PairAsync(
                "validate_only", Calls.Decide(target, () => customer, isPreview: true), DecideCall,
                GrpcBody.Of(Calls.Request(customer, isPreview: true)));

            async Task PairAsync(string name, Func<IScenarioContext, Task<IResponse>> call, string method, byte[] body)
            {
                runner.Run(LoadPart.Of(name, call, plan.Shape(plan.For)), round);
                string file = Path.Combine(report.Folder, name + ".bin");
                await File.WriteAllBytesAsync(file, body, stop);
                report.Add(await H2LoadAsync(plan, target, new Uri(target.Address, method), file, name, round, stop));
            }
        }
    }

    private static async Task<LoadRow> H2LoadAsync(
        LoadPlan plan, LoadTarget target, Uri url, string bodyFile, string peer, int round, CancellationToken stop)
    {
        IReadOnlyDictionary<string, TimeSpan> before = target.Cpu.Read();
        TimeSpan ownBefore = ProcessTreeCpu.OfEndedChildren();
        (long done, double rate, int[] microseconds) = await new H2Load(bodyFile, url, plan.Copies, plan.WarmUp, plan.For).RunAsync(stop);
        TimeSpan own = ProcessTreeCpu.OfEndedChildren() - ownBefore;
        IReadOnlyDictionary<string, TimeSpan> after = target.Cpu.Read();
        // Those of the warm-up cost processor time too.
        double calls = done * (1 + (plan.WarmUp / plan.For));
        double Milliseconds(double share) => microseconds.Length == 0 ? 0 : microseconds[(int)((microseconds.Length - 1) * share)] / 1_000.0;
        return new LoadRow(round, $"{peer}_h2load", done, 0, rate, Milliseconds(0.5), Milliseconds(0.99), Milliseconds(1))
        {
            Peer = peer,
            CpuMicroseconds = after.ToDictionary(cpu => cpu.Key, cpu =>
                (cpu.Key == "generator" ? own : cpu.Value - before[cpu.Key]).TotalMicroseconds / Math.Max(1, calls)),
            Statuses = [("DONE", done)],
        };
    }
}
