using System.CommandLine;

namespace WinBack.Cli.Dev;

/// <summary><c>winback dev fuzz</c>: damaged model files for the readers, which must read or refuse them in bounded time and memory.</summary>
internal static class FuzzCommand
{
    private const string Notes = """
        Every input follows from --seed and its number, so a fault that is reported as "input 123" comes again with
        --first 123 --count 1. Small good files of the format are built in; --file adds others. A million inputs of each
        format make a good night's run; a model that is still accepted has to score a row.

        Examples:
          winback dev fuzz --format onnx --seed 1 --count 1000000
          for f in winback mlnet lightgbm xgboost-json xgboost-ubj onnx; do winback dev fuzz --format $f --seed 7 --count 1000000; done
        """;

    internal static Command Build()
    {
        var format = new Option<string>("--format") { Description = "One of " + string.Join(", ", FuzzSamples.Formats) + ".", Required = true };
        format.AcceptOnlyFromAmong(FuzzSamples.Formats);
        var seed = new Option<int>("--seed") { Description = "Another seed, other inputs.", DefaultValueFactory = _ => 1 };
        var count = new Option<long>("--count") { Description = "Inputs to try.", DefaultValueFactory = _ => 1_000_000 };
        var first = new Option<long>("--first") { Description = "Number of the first input." };
        var files = new Option<string[]>("--file") { Description = "A good model file to damage as well.", AllowMultipleArgumentsPerToken = true };
        var command = new NotedCommand("fuzz", "Tries the model readers with damaged files.", Notes) { format, seed, count, first, files };
        command.SetAction((parsed, cancel) =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output;
            string name = parsed.GetRequiredValue(format);
            byte[][] others = (parsed.GetValue(files) ?? []).Select(ReadWhole).ToArray();
            var run = new FuzzRun(new FuzzInputs(name, parsed.GetValue(seed), others), TimeProvider.System);
            run.Run(parsed.GetValue(first), parsed.GetValue(count), r => Report(output, name, r), cancel);
            Report(output, name, run);
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }

    private static byte[] ReadWhole(string path)
    {
        using InputFile file = InputFile.Open(path, "--file");
        using var memory = new MemoryStream();
        file.Stream.CopyTo(memory);
        return memory.ToArray();
    }

    private static void Report(TextWriter output, string format, FuzzRun run)
    {
        long kibibytes = run.LargestAllocation / 1024;
        output.WriteLine(FormattableString.Invariant(
            $"{format}: {run.Read} inputs, {run.Accepted} still models, for one at most {kibibytes} KiB and {Milliseconds(run):F0} ms"));
    }

    private static double Milliseconds(FuzzRun run) => run.LongestTime.TotalMilliseconds;
}
