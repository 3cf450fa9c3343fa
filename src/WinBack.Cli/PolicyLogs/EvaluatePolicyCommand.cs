using System.CommandLine;
using WinBack.Cli.Policy;
using WinBack.Core.Outcomes;
using WinBack.Core.Policy;

namespace WinBack.Cli.PolicyLogs;

/// <summary><c>winback evaluate-policy</c>: what a playbook would have earned on the log of another one.</summary>
internal static class EvaluatePolicyCommand
{
    private const string Notes = """
        The log is what 'winback decision export' writes. Every decision is put to the playbook through the same pipeline, from the
        state, touches, features and scores that it was made with; the probabilities of both playbooks weigh the rewards (IPS,
        SNIPS, doubly robust; see docs/POLICY.md). Where the new playbook does what the logged one never did, there is nothing
        to weigh: the command then ends with 1 and names the actions.

        Examples:
          winback evaluate-policy --log decisions.jsonl.gz --outcomes outcomes.jsonl.gz --policy new.yaml
          winback evaluate-policy --log decisions.jsonl --outcomes outcomes.jsonl --policy new.yaml --reward revenue --window 14
        """;

    internal static Command Build()
    {
        var log = new Option<string>("--log") { Description = "Decisions, one a line as JSON; plain or gzip.", Required = true };
        var outcomes = new Option<string>("--outcomes") { Description = "Outcome events that name the decisions.", Required = true };
        var policy = new Option<string>("--policy") { Description = "Playbook to evaluate.", Required = true };
        var reward = new Option<RewardKind>("--reward")
        {
            Description = "returns (1 for a conversion) or revenue.",
            DefaultValueFactory = _ => RewardKind.Returns,
        };
        var window = new Option<double>("--window")
        {
            Description = "Days after a decision in which its reward comes.",
            DefaultValueFactory = _ => 30,
        };
        var command = new NotedCommand("evaluate-policy", "Says what a playbook would have earned, from the log of another one.", Notes)
        {
            log, outcomes, policy, reward, window,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(window) is not (> 0 and <= 400)) throw new BadInputException("--window must be above 0 and at most 400 days");
            PlaybookModel playbook = PlaybookInput.Load(parsed.GetRequiredValue(policy)).Model!;
            DecisionLog decisions = DecisionLog.Read(parsed.GetRequiredValue(log));
            RewardKind kind = parsed.GetValue(reward);
            RewardTable rewards = RewardTable.Read(parsed.GetRequiredValue(outcomes));
            OffPolicyReading reading = OffPolicyEvaluation.Of(
                decisions.Judge(playbook, rewards, TimeSpan.FromDays(parsed.GetValue(window)), kind));
            if (!reading.IsSupported) throw new BadInputException(PolicyReadingText.Refusal(reading));
            TextWriter text = parsed.InvocationConfiguration.Output;
            PolicyReadingText.Write(text, reading, playbook.Version, kind == RewardKind.Revenue ? playbook.Currency : "returns");
            string leftOut = FormattableString.Invariant($"{decisions.TooRecent:N0} too recent, {decisions.HeldOut:N0} of the holdout")
                + FormattableString.Invariant($", {decisions.WithoutInputs:N0} without inputs");
            text.WriteLine("left out: " + leftOut);
            return ExitCode.Ok;
        });
        return command;
    }
}
