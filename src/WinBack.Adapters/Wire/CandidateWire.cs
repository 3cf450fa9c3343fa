using WinBack.Core.Events;
using WinBack.Core.Policy;

namespace WinBack.Adapters.Wire;

/// <summary>Candidates of stored decisions; caps and windows that several share are written once.</summary>
internal static class CandidateWire
{
    internal static V1.RankedCandidate ToProto(Candidate candidate, Dictionary<CapUse, int> caps, V1.DecisionEvidence evidence)
    {
        var message = new V1.RankedCandidate
        {
            Action = candidate.Action,
            Channel = (V1.Channel)candidate.Channel,
            Offer = candidate.Offer,
            ExpectedValueMicros = candidate.ExpectedValueMicros,
            Content = candidate.Content,
            Why = candidate.Why,
            CloseTime = DecisionWire.ToProto(candidate.CloseTime),
            Transactional = candidate.IsTransactional,
            SendWindow = SendWindowWire.Place(candidate.Window, evidence.SendWindows),
            Terms = ChoiceWire.ToProto(candidate.Terms),
            DrawWeight = candidate.DrawWeight,
            Sequence = candidate.Sequence,
            Step = candidate.Step,
            OfferEndTime = DecisionWire.ToProto(candidate.OfferEnd),
        };
        foreach (CapUse cap in candidate.Caps)
        {
            if (caps.TryAdd(cap, caps.Count))
                evidence.Caps.Add(CapUseWire.ToProto(cap));
            message.Caps.Add(caps[cap]);
        }

        CapacityWire.Add(candidate.Capacities, message.Capacities);
        return message;
    }

    internal static Candidate ToCore(V1.RankedCandidate message, CapUse[] caps, SendWindow[] windows) => new(
        message.Action,
        (Channel)message.Channel,
        message.Transactional,
        message.Offer,
        message.Content,
        message.ExpectedValueMicros,
        message.Why,
        message.CloseTime?.ToDateTimeOffset(),
        message.Caps.Select(cap => caps[cap]).ToArray(),
        message.SendWindow == 0 ? null : windows[message.SendWindow - 1])
    {
        Terms = ChoiceWire.ToCore(message.Terms),
        DrawWeight = message.DrawWeight,
        Sequence = message.Sequence,
        Step = message.Step,
        OfferEnd = message.OfferEndTime?.ToDateTimeOffset(),
        Capacities = CapacityWire.ToCore(message.Capacities),
    };
}
