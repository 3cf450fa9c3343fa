using Google.Protobuf;
using WinBack.Adapters.Redis;
using WinBack.Adapters.Wire;
using WinBack.Core.Decisions;
using WinBack.Core.Features;
using WinBack.Core.Outcomes;
using WinBack.Core.Policy;
using WinBack.Core.State;

namespace WinBack.Cli.PolicyLogs;

/// <summary>A log of decisions, as 'winback decision export' writes it, put to another playbook.</summary>
internal sealed class DecisionLog
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));
    private readonly Dictionary<string, (DecisionPlan Plan, string Option, double Probability)> _decisions = new(StringComparer.Ordinal);

    /// <summary>Decisions that were read.</summary>
    internal int Count => _decisions.Count;

    /// <summary>Of customers of the holdout: not the policy left them alone.</summary>
    internal int HeldOut { get; private set; }

    /// <summary>Made by another program, which kept no inputs or other features.</summary>
    internal int WithoutInputs { get; private set; }

    /// <summary>Whose time for a reward is not over yet.</summary>
    internal int TooRecent { get; private set; }

    /// <exception cref="BadInputException">The file cannot be read, or a line is no decision.</exception>
    internal static DecisionLog Read(string path)
    {
        var log = new DecisionLog();
        using InputFile file = InputFile.Open(path, "--log");
        using var lines = new StreamReader(file.Stream);
        for (int number = 1; lines.ReadLine() is { } line; number++)
        {
            if (line.Length == 0) continue;
            try
            {
                log.Add(Parser.Parse<V1.Decision>(line));
            }
            catch (Exception e) when (e is InvalidProtocolBufferException or InvalidDataException or InvalidOperationException)
            {
                throw new BadInputException($"{path}: line {number} is no decision: {e.Message}", e);
            }
        }

        return log;
    }

    /// <exception cref="BadInputException">No decision is left.</exception>
    internal IReadOnlyList<LoggedDecision> Judge(PlaybookModel playbook, RewardTable rewards, TimeSpan window, RewardKind kind)
    {
        var replay = new PolicyReplay(new DecisionPipeline(FeatureSchema.Default.Hash, partitionCount: 1), playbook);
        DateTimeOffset end = _decisions.Values.Select(d => d.Plan.DecideTime).Append(rewards.LastTime).Max();
        var judged = new List<LoggedDecision>(_decisions.Count);
        foreach ((string id, (DecisionPlan plan, string option, double probability)) in _decisions)
        {
            if (end - plan.DecideTime < window)
            {
                TooRecent++;
                continue;
            }

            try
            {
                judged.Add(replay.Judge(
                    plan, KeptInputs.SnapshotOf(plan.Inputs!), option, probability, rewards.Of(id, plan.DecideTime, window, kind)));
            }
            catch (Exception e) when (e is InvalidDataException or StateFormatException)
            {
                throw new BadInputException($"decision {id}: {e.Message}", e);
            }
        }

        return judged.Count > 0 ? judged : throw new BadInputException(
            $"no decision to judge: of {Count:N0}, {TooRecent:N0} are younger than --window; {WithoutInputs:N0} more have no inputs");
    }

    /// <summary>The topic may have a decision twice; it counts once.</summary>
    private void Add(V1.Decision message)
    {
        if (message.Evidence is null) throw new InvalidDataException("it has no evidence");
        DecisionPlan plan = DecisionWire.ReadPlan(message.ToByteArray());
        if (plan.Rejections.Any(rejection => rejection.Stage == EligibilityStage.Holdout)) HeldOut++;
        else if (plan.Inputs is null || plan.Versions.FeatureSchema != FeatureSchema.Default.Hash) WithoutInputs++;
        else _decisions[message.DecisionId] = (plan, message.Action, message.SelectionProbability);
    }
}
