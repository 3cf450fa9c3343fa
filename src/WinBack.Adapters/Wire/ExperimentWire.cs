using Google.Protobuf.WellKnownTypes;
using WinBack.Core.Events;
using WinBack.Core.Experiments;
using WinBack.Core.Policy;

namespace WinBack.Adapters.Wire;

/// <summary>What a decision notes of experiments, to its message and back.</summary>
internal static class ExperimentWire
{
    internal static void AddAssignments(ExperimentNotes notes, V1.Decision message)
    {
        foreach (ExperimentAssignment assignment in notes.Assignments)
            message.Experiments.Add(new V1.ExperimentAssignment
            {
                Experiment = assignment.Experiment,
                Variant = assignment.Variant,
                Percent = assignment.Percent,
                Probability = assignment.Probability,
                Success = assignment.Success is { } success ? Names.Of(success) : "",
                Within = assignment.Success is null ? null : assignment.Within.ToDuration(),
            });
    }

    internal static void AddEvidence(ExperimentNotes notes, V1.DecisionEvidence evidence)
    {
        foreach (ExperimentStage stage in notes.Stages)
            evidence.ExperimentStages.Add(new V1.ExperimentStage
            {
                Experiment = stage.Experiment, Stopped = stage.Status == ExperimentStatus.Stopped, Percent = stage.Percent,
            });
        if (notes.Ghost is { } ghost)
            evidence.Ghost = new V1.GhostAction
            {
                Action = ghost.Action,
                Channel = (V1.Channel)ghost.Channel,
                Offer = ghost.Offer,
                Content = ghost.Content,
                ExpectedValueMicros = ghost.ExpectedValueMicros,
            };
    }

    /// <param name="message">With its evidence.</param>
    internal static ExperimentNotes ToCore(V1.Decision message)
    {
        V1.DecisionEvidence evidence = message.Evidence;
        if (message.Experiments.Count == 0 && evidence.ExperimentStages.Count == 0) return ExperimentNotes.None;
        return new ExperimentNotes(
            [.. message.Experiments.Select(ToCore)],
            [.. evidence.ExperimentStages.Select(ToCore)],
            evidence.Ghost is { } ghost
                ? new Ghost(ghost.Action, (Channel)ghost.Channel, ghost.Offer, ghost.Content, ghost.ExpectedValueMicros)
                : null);
    }

    internal static ExperimentAssignment ToCore(V1.ExperimentAssignment message) =>
        Names.TryParse(message.Success, out SuccessKind success)
            ? new(message.Experiment, message.Variant, message.Percent, message.Probability, success, message.Within.ToTimeSpan())
            : new(message.Experiment, message.Variant, message.Percent, message.Probability);

    private static ExperimentStage ToCore(V1.ExperimentStage message) =>
        new(message.Experiment, message.Stopped ? ExperimentStatus.Stopped : ExperimentStatus.Running, message.Percent);
}
