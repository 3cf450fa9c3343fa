using WinBack.Core.Decisions;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Responses;
using WinBack.Core.Policy.Valuation;

namespace WinBack.Adapters.Wire;

/// <summary>How a decision was chosen, to the wire and back: terms of values, chance, and what was believed of responses.</summary>
internal static class ChoiceWire
{
    /// <summary>Its fields.</summary>
    internal static void Write(in ValueTerms terms, MessageWriter to)
    {
        to.Double(V1.ValueTerms.ReturnWithoutFieldNumber, terms.ReturnWithout);
        to.Double(V1.ValueTerms.PriorReturnWithFieldNumber, terms.PriorReturnWith);
        to.Double(V1.ValueTerms.ReturnWithFieldNumber, terms.ReturnWith);
        to.Double(V1.ValueTerms.ValueFieldNumber, terms.Value);
        to.Double(V1.ValueTerms.ContactCostFieldNumber, terms.ContactCost);
        to.Double(V1.ValueTerms.OfferCostFieldNumber, terms.OfferCost);
        to.Double(V1.ValueTerms.UnsubscribeCostFieldNumber, terms.UnsubscribeCost);
        to.Double(V1.ValueTerms.ContextFieldNumber, terms.Context);
        to.Double(V1.ValueTerms.LeverFieldNumber, terms.Lever);
        to.Double(V1.ValueTerms.PriorityFieldNumber, terms.Priority);
        to.Double(V1.ValueTerms.DeviationFieldNumber, terms.Deviation);
    }

    /// <param name="terms">Null in decisions of an older program.</param>
    internal static ValueTerms ToCore(V1.ValueTerms? terms) => terms is null ? default : new ValueTerms(
        terms.ReturnWithout, terms.PriorReturnWith, terms.ReturnWith, terms.Value, terms.ContactCost, terms.OfferCost,
        terms.UnsubscribeCost, terms.Context, terms.Lever, terms.Priority, terms.Deviation);

    /// <summary>Its fields.</summary>
    internal static void Write(Chance chance, SharedParts shared, MessageWriter to)
    {
        to.Int64(V1.Chance.NothingWeightFieldNumber, chance.NothingWeight);
        to.Int64(V1.Chance.FirstDrawnFieldNumber, chance.FirstDrawn);
        foreach (Candidate candidate in chance.Withheld) CandidateWire.Write(V1.Chance.WithheldFieldNumber, candidate, shared, to);
        to.Span(V1.Chance.NothingRestFieldNumber, chance.NothingRest);
    }

    internal static Chance? ToCore(V1.Chance? message, Func<V1.RankedCandidate, Candidate> toCore) => message is null ? null : new Chance(
        message.NothingWeight, message.FirstDrawn, message.Withheld.Select(toCore).ToArray(), message.NothingRest.ToTimeSpan());

    /// <summary>Its fields.</summary>
    internal static void Write(ResponseValues values, MessageWriter to)
    {
        to.String(V1.ResponseValues.VersionFieldNumber, values.Version);
        to.Packed(V1.ResponseValues.RatiosFieldNumber, values.Estimates, estimate => estimate.Ratio);
        to.Packed(V1.ResponseValues.StrengthsFieldNumber, values.Estimates, estimate => estimate.Strength);
        to.Packed(
            V1.ResponseValues.UnsubscribeProbabilitiesFieldNumber, values.Estimates, estimate => estimate.UnsubscribeProbability);
        to.Strings(V1.ResponseValues.ActionsFieldNumber, values.Actions);
        to.Double(V1.ResponseValues.CalibrationFieldNumber, values.Calibration);
    }

    internal static ResponseValues? ToCore(V1.ResponseValues? message) => message is null ? null : new ResponseValues(
        message.Version,
        message.Calibration,
        message.Actions.ToArray(),
        message.Ratios.Select((ratio, i) => new ResponseEstimate(ratio, message.Strengths[i], message.UnsubscribeProbabilities[i])).ToArray());
}
