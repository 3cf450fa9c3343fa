using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using WinBack.Bench;
using WinBack.Bench.Scoring;

// dotnet run -c Release --project load/WinBack.Bench -- --filter '*'      micro-benchmarks
// dotnet run -c Release --project load/WinBack.Bench -- peer MODEL ROWS   one model and its rows, for load/peers/score_peers.sh
if (args is ["peer", var model, var rows])
{
    ScorePeer.Run(model, rows, Console.Out);
    return 0;
}

// In process: the out-of-process toolchain restores packages for a project of its own. Short iterations are enough by this clock.
IConfig config = DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithClock(new ProcessorClock())
        .WithIterationTime(TimeInterval.FromMilliseconds(150)))
    .WithArtifactsPath(Path.Combine("out", "bench"));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
return 0;
