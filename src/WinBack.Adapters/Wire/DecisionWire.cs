using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Features;
using WinBack.Core.Policy;

namespace WinBack.Adapters.Wire;

/// <summary>
/// Decisions to winback.v1.Decision and back. What is stored is the decision as it was expected before the caps were
/// asked; with the <see cref="ReserveResult"/> beside it, <see cref="DecisionPipeline"/> makes the decision of its plan
/// again. When no cap said no, what is stored already is what the topic gets (<see cref="DecisionMessage"/>).
/// </summary>
public static class DecisionWire
{
    /// <param name="expected">From <see cref="DecisionPipeline.Expect(DecisionPlan)"/>.</param>
    /// <returns>Equal plans give equal bytes.</returns>
    public static byte[] Write(Decision expected) => Full(expected).ToByteArray();

    /// <exception cref="InvalidProtocolBufferException">The bytes are no Decision.</exception>
    /// <exception cref="InvalidDataException">They are not what <see cref="Write"/> wrote.</exception>
    public static DecisionPlan ReadPlan(ReadOnlySpan<byte> bytes)
    {
        V1.Decision message = V1.Decision.Parser.ParseFrom(bytes);
        V1.DecisionEvidence evidence = message.Evidence;
        CapUse[] caps = evidence.Caps.Select(CapUseWire.ToCore).ToArray();
        SendWindow[] windows = evidence.SendWindows.Select(SendWindowWire.ToCore).ToArray();
        return new DecisionPlan(
            DecisionId.TryParse(message.DecisionId, out DecisionId id) ? id : null,
            evidence.RequestHash,
            new CustomerId(message.CustomerId),
            message.DecideTime.ToDateTimeOffset(),
            evidence.Ranking.Select(candidate => CandidateWire.ToCore(candidate, caps, windows)).ToArray(),
            evidence.Rejections.Select(RejectionWire.ToCore).ToArray(),
            evidence.Situation.ToArray(),
            evidence.RulesEligibleTime?.ToDateTimeOffset(),
            message.Silence?.ToTimeSpan(),
            evidence.LastReengagedTime?.ToDateTimeOffset(),
            new Scores(message.ChurnProbability, message.WinBackProbability, evidence.ModelVersions.ToArray()),
            message.ContentFacts.OrderBy(fact => fact.Key, StringComparer.Ordinal).ToArray(),
            new DecisionVersions(evidence.FeatureSchemaHash, evidence.PlaybookVersion, evidence.StateHash, evidence.Seed),
            evidence.FeatureValues.ToArray(),
            evidence.Reservation.ToTimeSpan())
        {
            RulesChangeTime = evidence.RulesChangeTime?.ToDateTimeOffset(),
            Experiments = ExperimentWire.ToCore(message),
            CapacityQuotes = CapacityWire.QuotesOf(evidence),
            CapacityShortages = CapacityWire.ShortagesOf(evidence),
            Inputs = InputsWire.ToCore(evidence.Inputs),
            Chance = ChoiceWire.ToCore(evidence.Chance, candidate => CandidateWire.ToCore(candidate, caps, windows)),
            Responses = ChoiceWire.ToCore(evidence.Responses),
            Updates = evidence.ProductUpdates.Select(ProductUpdateWire.ToCore).ToArray(),
            LapseReason = evidence.LapseReason is { } reason ? ReasonWire.ToCore(reason) : null,
            Segment = evidence.Segment,
        };
    }

    /// <summary>The decision as callers and topics see it.</summary>
    /// <param name="schema">
    /// Names the features of a full view. When the decision was made with another schema, its features stay nameless.
    /// </param>
    /// <param name="isFull">With all evidence.</param>
    public static V1.Decision ToProto(Decision decision, FeatureSchema schema, bool isFull)
    {
        V1.Decision message = isFull ? Full(decision) : Basic(decision);
        if (!isFull) return message;
        NameFeatures(message.Evidence, schema);
        message.Evidence.Inputs = null;
        return message;
    }

    /// <summary>With all evidence; features without their names.</summary>
    internal static V1.Decision Full(Decision decision)
    {
        V1.Decision message = Basic(decision);
        message.Evidence = Evidence(decision.Plan);
        message.Evidence.Rejections.AddRange(decision.CapRejections.Select(RejectionWire.ToProto));
        return message;
    }

    private static V1.Decision Basic(Decision decision)
    {
        V1.Decision message = Head(decision.Plan);
        message.Kind = (V1.Decision.Types.Kind)decision.Kind;
        message.Status = (V1.Decision.Types.Status)decision.Status;
        message.Action = decision.Action;
        message.Channel = (V1.Channel)decision.Channel;
        message.Offer = decision.Chosen?.Offer ?? "";
        message.Content = decision.Chosen?.Content ?? "";
        message.Reasons.AddRange(decision.Reasons);
        message.ReservationExpireTime = ToProto(decision.ReservationExpireTime);
        message.NextEligibleTime = ToProto(decision.NextEligibleTime);
        message.ExpectedValueMicros = decision.Chosen?.ExpectedValueMicros ?? 0;
        message.SelectionProbability = decision.SelectionProbability;
        message.Sequence = decision.Chosen?.Sequence ?? "";
        message.Step = decision.Chosen?.Step ?? "";
        message.OfferEndTime = ToProto(decision.Chosen?.OfferEnd);
        ExperimentWire.AddAssignments(decision.Plan.Experiments, message);
        return message;
    }

    private static V1.Decision Head(DecisionPlan plan)
    {
        var message = new V1.Decision
        {
            DecisionId = plan.Id?.ToString() ?? "",
            RequestId = plan.Id?.Request.ToString("D") ?? "",
            CustomerId = plan.Customer.Value,
            DecideTime = plan.DecideTime.ToTimestamp(),
            ChurnProbability = plan.Scores.Churn,
            WinBackProbability = plan.Scores.WinBack,
            Silence = plan.Silence?.ToDuration(),
        };
        foreach ((string name, string text) in plan.ContentFacts) message.ContentFacts.Add(name, text);
        return message;
    }

    private static V1.DecisionEvidence Evidence(DecisionPlan plan)
    {
        var evidence = new V1.DecisionEvidence
        {
            FeatureSchemaHash = plan.Versions.FeatureSchema,
            PlaybookVersion = plan.Versions.Playbook,
            StateHash = plan.Versions.State,
            Seed = plan.Versions.Seed,
            LastReengagedTime = ToProto(plan.LastReengaged),
            RequestHash = plan.RequestHash,
            Segment = plan.Segment,
            Reservation = plan.Reservation.ToDuration(),
            RulesEligibleTime = ToProto(plan.EligibleTime),
            RulesChangeTime = ToProto(plan.RulesChangeTime),
            Inputs = InputsWire.ToProto(plan.Inputs),
            LapseReason = plan.LapseReason is { } reason ? ReasonWire.ToProto(reason) : null,
        };
        evidence.Situation.AddRange(plan.Reasons);
        evidence.ProductUpdates.AddRange(plan.Updates.Select(ProductUpdateWire.ToProto));
        ExperimentWire.AddEvidence(plan.Experiments, evidence);
        CapacityWire.AddEvidence(plan, evidence);
        var caps = new Dictionary<CapUse, int>();
        foreach (Candidate candidate in plan.Ranking) evidence.Ranking.Add(CandidateWire.ToProto(candidate, caps, evidence));
        evidence.Chance = ChoiceWire.ToProto(plan.Chance, candidate => CandidateWire.ToProto(candidate, caps, evidence));
        evidence.Responses = ChoiceWire.ToProto(plan.Responses);
        foreach (Rejection rejection in plan.Rejections) evidence.Rejections.Add(RejectionWire.ToProto(rejection));
        evidence.ModelVersions.AddRange(plan.Scores.ModelVersions);
        evidence.FeatureValues.AddRange(plan.Features);
        return evidence;
    }

    private static void NameFeatures(V1.DecisionEvidence evidence, FeatureSchema schema)
    {
        if (evidence.FeatureSchemaHash != schema.Hash) return;
        for (int i = 0; i < evidence.FeatureValues.Count; i++)
            if (!float.IsNaN(evidence.FeatureValues[i])) evidence.Features.Add(schema.Names[i], evidence.FeatureValues[i]);
    }

    internal static Timestamp? ToProto(DateTimeOffset? time) => time?.ToTimestamp();
}
