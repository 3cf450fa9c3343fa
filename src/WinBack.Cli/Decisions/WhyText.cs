namespace WinBack.Cli.Decisions;

/// <summary>An explanation of a decision, for a terminal.</summary>
internal static class WhyText
{
    private const int Contributions = 3;

    /// <param name="only">The one action to show; null for all.</param>
    internal static void Write(TextWriter text, V1.ExplainDecisionResponse why, string? only)
    {
        V1.Decision decision = why.Decision;
        string answer = decision.Kind == V1.Decision.Types.Kind.Action ? $"{decision.Action} on {NameOf(decision.Channel)}" : "nothing";
        text.WriteLine($"customer {decision.CustomerId}, {decision.DecideTime.ToDateTime():u}: {answer}");
        foreach (string reason in decision.Reasons) text.WriteLine("  " + reason);
        if (decision.NextEligibleTime is { } next) text.WriteLine($"  may change by itself at {next.ToDateTime():u}");
        foreach (V1.ScoreExplanation score in why.Scores)
        {
            text.WriteLine(FormattableString.Invariant($"{score.ModelVersion}: {score.Probability:P1}"));
            foreach (V1.FeatureContribution part in score.Contributions.Take(Contributions)) text.WriteLine("  " + part.Text);
        }

        foreach (V1.ActionExplanation action in why.Actions)
            if (only is null || only == action.Action) Write(text, action);
    }

    private static void Write(TextWriter text, V1.ActionExplanation action)
    {
        text.WriteLine($"{action.Action} ({NameOf(action.Channel)}): {(action.Eligible ? "eligible" : "not eligible")}");
        if (action.Why.Length > 0)
            text.WriteLine(FormattableString.Invariant($"  worth {action.ExpectedValueMicros / 1e6:0.00}: {action.Why}"));
        foreach (V1.Rejection rejection in action.Rejections)
            text.WriteLine($"  {rejection.Stage} {rejection.Rule}: {rejection.Observed}, needs {rejection.Threshold}");
        if (action.Changes.Count > 0) text.WriteLine("  would be eligible " + string.Join(", or ", action.Changes.Select(c => c.Text)));
        else if (!action.Eligible) text.WriteLine("  no single change makes it eligible");
    }

    private static string NameOf(V1.Channel channel) => channel.ToString().ToLowerInvariant();
}
