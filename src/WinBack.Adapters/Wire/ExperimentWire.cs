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

    /// <summary>Fields of a V1.DecisionEvidence.</summary>
    internal static void WriteEvidence(ExperimentNotes notes, MessageWriter to)
    {
        to.Messages(V1.DecisionEvidence.ExperimentStagesFieldNumber, notes.Stages, Write);
        if (notes.Ghost is { } ghost) to.Message(V1.DecisionEvidence.GhostFieldNumber, ghost, Write);
    }

    private static void Write(ExperimentStage stage, MessageWriter to)
    {
        to.String(V1.ExperimentStage.ExperimentFieldNumber, stage.Experiment);
        to.Bool(V1.ExperimentStage.StoppedFieldNumber, stage.Status == ExperimentStatus.Stopped);
        to.Int64(V1.ExperimentStage.PercentFieldNumber, stage.Percent);
    }

    private static void Write(Ghost ghost, MessageWriter to)
    {
        to.String(V1.GhostAction.ActionFieldNumber, ghost.Action);
        to.Int64(V1.GhostAction.ChannelFieldNumber, (int)ghost.Channel);
        to.String(V1.GhostAction.OfferFieldNumber, ghost.Offer);
        to.String(V1.GhostAction.ContentFieldNumber, ghost.Content);
        to.Int64(V1.GhostAction.ExpectedValueMicrosFieldNumber, ghost.ExpectedValueMicros);
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
