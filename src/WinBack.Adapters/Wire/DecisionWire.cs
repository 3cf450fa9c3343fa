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
    /// <returns>Equal decisions give equal bytes.</returns>
    public static byte[] Write(Decision decision)
    {
        using var writer = new MessageWriter();
        WriteTo(writer, decision);
        return writer.Written.ToArray();
    }

    /// <summary>Its fields.</summary>
    internal static void WriteTo(MessageWriter to, Decision decision)
    {
        var message = new V1.Decision();
        FillBeforeEvidence(decision, message);
        to.Fields(message);
        int evidence = to.Begin(V1.Decision.EvidenceFieldNumber);
        EvidenceWire.Write(decision.Plan, decision.CapRejections, to);
        to.End(evidence);
        message = new V1.Decision();
        FillAfterEvidence(decision, message);
        to.Fields(message);
    }

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
    internal static V1.Decision Full(Decision decision) => MessageWriter.Read(V1.Decision.Parser, to => WriteTo(to, decision));

    private static V1.Decision Basic(Decision decision)
    {
        var message = new V1.Decision();
        FillBeforeEvidence(decision, message);
        FillAfterEvidence(decision, message);
        return message;
    }

    private static void FillBeforeEvidence(Decision decision, V1.Decision message)
    {
        DecisionPlan plan = decision.Plan;
        message.DecisionId = plan.Id?.ToString() ?? "";
        message.RequestId = plan.Id?.Request.ToString("D") ?? "";
        message.CustomerId = plan.Customer.Value;
        message.Kind = (V1.Decision.Types.Kind)decision.Kind;
        message.Status = (V1.Decision.Types.Status)decision.Status;
        message.Action = decision.Action;
        message.Channel = (V1.Channel)decision.Channel;
        message.Offer = decision.Chosen?.Offer ?? "";
        message.Content = decision.Chosen?.Content ?? "";
        message.Reasons.AddRange(decision.Reasons);
        message.DecideTime = plan.DecideTime.ToTimestamp();
        message.ReservationExpireTime = ToProto(decision.ReservationExpireTime);
        message.NextEligibleTime = ToProto(decision.NextEligibleTime);
        message.ChurnProbability = plan.Scores.Churn;
        message.WinBackProbability = plan.Scores.WinBack;
        message.ExpectedValueMicros = decision.Chosen?.ExpectedValueMicros ?? 0;
        message.SelectionProbability = decision.SelectionProbability;
        message.Silence = plan.Silence?.ToDuration();
        foreach ((string name, string text) in plan.ContentFacts) message.ContentFacts.Add(name, text);
    }

    private static void FillAfterEvidence(Decision decision, V1.Decision message)
    {
        message.Sequence = decision.Chosen?.Sequence ?? "";
        message.Step = decision.Chosen?.Step ?? "";
        message.OfferEndTime = ToProto(decision.Chosen?.OfferEnd);
        ExperimentWire.AddAssignments(decision.Plan.Experiments, message);
    }

    private static void NameFeatures(V1.DecisionEvidence evidence, FeatureSchema schema)
    {
        if (evidence.FeatureSchemaHash != schema.Hash) return;
        for (int i = 0; i < evidence.FeatureValues.Count; i++)
            if (!float.IsNaN(evidence.FeatureValues[i])) evidence.Features.Add(schema.Names[i], evidence.FeatureValues[i]);
    }

    internal static Timestamp? ToProto(DateTimeOffset? time) => time?.ToTimestamp();
}
