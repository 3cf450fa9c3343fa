using WinBack.Core.Decisions;
using WinBack.Core.Policy;

namespace WinBack.Adapters.Wire;

/// <summary>What a decision was made of, as it is kept with it: V1.DecisionEvidence, in the order of its field numbers.</summary>
internal static class EvidenceWire
{
    /// <summary>Its fields.</summary>
    /// <param name="capped">What the caps turned down, behind what the rules did.</param>
    internal static void Write(DecisionPlan plan, IReadOnlyList<Rejection> capped, MessageWriter to)
    {
        WriteCandidates(plan, capped, to, out SharedParts shared);
        to.String(V1.DecisionEvidence.FeatureSchemaHashFieldNumber, plan.Versions.FeatureSchema);
        to.Strings(V1.DecisionEvidence.ModelVersionsFieldNumber, plan.Scores.ModelVersions);
        to.String(V1.DecisionEvidence.PlaybookVersionFieldNumber, plan.Versions.Playbook);
        to.String(V1.DecisionEvidence.StateHashFieldNumber, plan.Versions.State);
        to.String(V1.DecisionEvidence.SeedFieldNumber, plan.Versions.Seed);
        to.Packed(V1.DecisionEvidence.FeatureValuesFieldNumber, plan.Features);
        to.Messages(V1.DecisionEvidence.CapsFieldNumber, shared.Caps, CapUseWire.Write);
        to.Time(V1.DecisionEvidence.LastReengagedTimeFieldNumber, plan.LastReengaged);
        to.String(V1.DecisionEvidence.RequestHashFieldNumber, plan.RequestHash);
        to.Span(V1.DecisionEvidence.ReservationFieldNumber, plan.Reservation);
        to.Strings(V1.DecisionEvidence.SituationFieldNumber, plan.Reasons);
        to.Time(V1.DecisionEvidence.RulesEligibleTimeFieldNumber, plan.EligibleTime);
        to.Messages(V1.DecisionEvidence.SendWindowsFieldNumber, shared.Windows, SendWindowWire.Write);
        WriteChoice(plan, shared, to);
        to.String(V1.DecisionEvidence.SegmentFieldNumber, plan.Segment);
        ExperimentWire.WriteEvidence(plan.Experiments, to);
        CapacityWire.WriteEvidence(plan, to);
        if (plan.Inputs is { } inputs) to.Message(V1.DecisionEvidence.InputsFieldNumber, inputs, InputsWire.Write);
        to.Time(V1.DecisionEvidence.RulesChangeTimeFieldNumber, plan.RulesChangeTime);
    }

    /// <param name="shared">Of all candidates, also those that are written later.</param>
    private static void WriteCandidates(DecisionPlan plan, IReadOnlyList<Rejection> capped, MessageWriter to, out SharedParts shared)
    {
        to.Messages(V1.DecisionEvidence.RejectionsFieldNumber, plan.Rejections, RejectionWire.Write);
        to.Messages(V1.DecisionEvidence.RejectionsFieldNumber, capped, RejectionWire.Write);
        shared = new SharedParts();
        foreach (Candidate candidate in plan.Ranking)
            CandidateWire.Write(V1.DecisionEvidence.RankingFieldNumber, candidate, shared, to);
        foreach (Candidate candidate in plan.Chance?.Withheld ?? []) shared.Add(candidate);
    }

    private static void WriteChoice(DecisionPlan plan, SharedParts shared, MessageWriter to)
    {
        if (plan.LapseReason is { } reason) to.Message(V1.DecisionEvidence.LapseReasonFieldNumber, reason, ReasonWire.Write);
        to.Messages(V1.DecisionEvidence.ProductUpdatesFieldNumber, plan.Updates, ProductUpdateWire.Write);
        if (plan.Chance is { } chance)
        {
            int begin = to.Begin(V1.DecisionEvidence.ChanceFieldNumber);
            ChoiceWire.Write(chance, shared, to);
            to.End(begin);
        }

        if (plan.Responses is { } responses) to.Message(V1.DecisionEvidence.ResponsesFieldNumber, responses, ChoiceWire.Write);
    }
}
