using System.CommandLine;
using WinBack.Core.Experiments;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Experiments;

namespace WinBack.Cli.Experiments;

/// <summary>Experiments and their changes, readable.</summary>
internal static class ExperimentText
{
    internal static string Line(ExperimentModel experiment) =>
        $"{experiment.Name}  {State(experiment.Stage, experiment.IsGated)}  layer {experiment.Layer}, "
        + FormattableString.Invariant($"{(experiment.EndBucket - experiment.FirstBucket) / 100.0:0.##} %")
        + FormattableString.Invariant($"  {experiment.Start:yyyy-MM-dd} to {experiment.End:yyyy-MM-dd}  {Names.Of(experiment.Metric.Success)}")
        + FormattableString.Invariant($" within {experiment.Metric.Within.TotalDays:0.##} d");

    internal static string Line(ExperimentAuditEntry entry)
    {
        string why = entry.Reason.Length > 0 ? $": {entry.Reason}" : "";
        return FormattableString.Invariant(
            $"{entry.Revision}  {entry.Time:yyyy-MM-dd HH:mm:ss}  {Words(entry.Change)} {entry.Experiment} {entry.From} % -> {entry.To} %")
            + $"  by {entry.By}{why}";
    }

    internal static void Write(TextWriter text, ExperimentModel experiment, ExperimentReading reading, GateVerdict verdict)
    {
        text.WriteLine(Line(experiment));
        text.WriteLine($"hypothesis: {experiment.Hypothesis}");
        foreach (VariantReading variant in reading.Variants) text.WriteLine("  " + Line(variant));
        text.WriteLine(FormattableString.Invariant(
            $"shares of the variants: p {reading.MismatchProbability:0.###}{(reading.IsMismatched ? ": NOT as meant, trust no comparison" : "")}"));
        if (verdict.Move != GateMove.Stay) text.WriteLine($"to be done: {verdict.Move}: {verdict.Detail}");
    }

    /// <summary>Says what came of a change.</summary>
    internal static int Tell(ParseResult parsed, ExperimentStep step, bool isTrial)
    {
        TextWriter text = parsed.InvocationConfiguration.Output;
        if (step.Entry is null) text.WriteLine("Nothing to do: it is so already.");
        else text.WriteLine((isTrial ? "Would be revision " : "Revision ") + Line(step.Entry));
        return ExitCode.Ok;
    }

    private static string State(ExperimentStage stage, bool isGated) => stage.Status == ExperimentStatus.Stopped
        ? "stopped"
        : isGated ? FormattableString.Invariant($"gate at {stage.Percent} %") : "running";

    private static string Line(VariantReading variant)
    {
        double rate = variant.Matured > 0 ? (double)variant.Successes / variant.Matured : 0;
        string counts = FormattableString.Invariant(
            $"{variant.Name}: {variant.Exposures} customers, {variant.Matured} with their time over, {variant.Successes} successes ({rate:P2})");
        return variant.Difference == ConfidenceBounds.Unknown
            ? counts
            : counts + $"; to the control {Signed(variant.Difference.Estimate)}, "
                + $"surely {Signed(variant.Difference.Lower)} to {Signed(variant.Difference.Upper)}";
    }

    private static string Signed(double difference) => FormattableString.Invariant($"{difference:+0.0000;-0.0000}");

    private static string Words(ExperimentChange change) => change switch
    {
        ExperimentChange.Widen => "widened",
        ExperimentChange.SwitchOff => "switched off",
        ExperimentChange.Mismatch => "stopped by a sample-ratio mismatch",
        ExperimentChange.Stop => "stopped",
        _ => "set",
    };
}
