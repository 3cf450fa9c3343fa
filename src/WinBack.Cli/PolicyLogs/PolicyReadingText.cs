using WinBack.Core.Outcomes;

namespace WinBack.Cli.PolicyLogs;

/// <summary>An off-policy reading in words.</summary>
internal static class PolicyReadingText
{
    private const double FewDecisions = 100;

    internal static void Write(TextWriter text, OffPolicyReading reading, string playbook, string unit)
    {
        text.WriteLine(FormattableString.Invariant(
            $"{reading.Decisions:N0} decisions of {reading.Customers:N0} customers put to {playbook}; {unit} a decision, 95 % intervals"));
        Line(text, "logged policy", reading.Logged);
        Line(text, "IPS", reading.Ips);
        Line(text, "SNIPS", reading.Snips);
        Line(text, "doubly robust", reading.Dr);
        Line(text, "gain (DR)", reading.Gain);
        Line(text, "mean weight", reading.MeanWeight);
        text.WriteLine(FormattableString.Invariant(
            $"effective decisions {reading.EffectiveDecisions:N0}, largest weight {reading.MaxWeight:N1}"));
        if (!reading.MeanWeight.Contains(1))
            text.WriteLine("The mean weight is not 1: the logged probabilities are wrong, or a few weights rule; do not trust the estimates.");
        if (reading.EffectiveDecisions < FewDecisions)
            text.WriteLine("So few effective decisions tell next to nothing: log more, with a higher floor of exploration.");
    }

    /// <summary>Why there is no estimate.</summary>
    internal static string Refusal(OffPolicyReading reading) =>
        "the log cannot tell: the new policy would do what the logged one never did there"
        + string.Concat(reading.Missing.Select(missing => Environment.NewLine + "  " + Told(missing)))
        + $"{Environment.NewLine}Log with exploration (playbook field exploration.method: thompson), or try the action in an experiment.";

    private static string Told(MissingSupport missing)
    {
        string option = missing.Option.Length == 0 ? "nothing" : missing.Option;
        return FormattableString.Invariant($"{option}: {missing.Share * 100:0.0} % of its answers, at {missing.Decisions:N0} decisions");
    }

    private static void Line(TextWriter text, string name, PolicyEstimate estimate) => text.WriteLine(FormattableString.Invariant(
        $"{name,-15} {estimate.Value,10:0.0000}   {estimate.Lower,10:0.0000} to {estimate.Upper,10:0.0000}"));
}
