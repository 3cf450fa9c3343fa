using WinBack.Core.Events;
using WinBack.Core.Policy;

namespace WinBack.Adapters.Wire;

/// <summary>Candidates of stored decisions; caps and windows that several share are written once.</summary>
internal static class CandidateWire
{
    /// <param name="field">Of the message that has it.</param>
    /// <param name="shared">Gets the caps and the window that it does not have yet.</param>
    internal static void Write(int field, Candidate candidate, SharedParts shared, MessageWriter to)
    {
        int begin = to.Begin(field);
        to.String(V1.RankedCandidate.ActionFieldNumber, candidate.Action);
        to.Int64(V1.RankedCandidate.ChannelFieldNumber, (int)candidate.Channel);
        to.String(V1.RankedCandidate.OfferFieldNumber, candidate.Offer);
        to.Int64(V1.RankedCandidate.ExpectedValueMicrosFieldNumber, candidate.ExpectedValueMicros);
        to.String(V1.RankedCandidate.ContentFieldNumber, candidate.Content);
        to.String(V1.RankedCandidate.WhyFieldNumber, candidate.Why);
        to.Packed(V1.RankedCandidate.CapsFieldNumber, candidate.Caps, shared.PlaceOfCap);
        to.Time(V1.RankedCandidate.CloseTimeFieldNumber, candidate.CloseTime);
        to.Bool(V1.RankedCandidate.TransactionalFieldNumber, candidate.IsTransactional);
        to.Int64(V1.RankedCandidate.SendWindowFieldNumber, SendWindowWire.Place(candidate.Window, shared.Windows));
        to.String(V1.RankedCandidate.SequenceFieldNumber, candidate.Sequence);
        to.String(V1.RankedCandidate.StepFieldNumber, candidate.Step);
        to.Time(V1.RankedCandidate.OfferEndTimeFieldNumber, candidate.OfferEnd);
        int terms = to.Begin(V1.RankedCandidate.TermsFieldNumber);
        ChoiceWire.Write(candidate.Terms, to);
        to.End(terms);
        to.Int64(V1.RankedCandidate.DrawWeightFieldNumber, candidate.DrawWeight);
        to.Messages(V1.RankedCandidate.CapacitiesFieldNumber, candidate.Capacities, CapacityWire.Write);
        to.End(begin);
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
