using Google.Protobuf.WellKnownTypes;
using WinBack.Core.Decisions;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Responses;
using WinBack.Core.Policy.Valuation;

namespace WinBack.Adapters.Wire;

/// <summary>How a decision was chosen, to the wire and back: terms of values, chance, and what was believed of responses.</summary>
internal static class ChoiceWire
{
    internal static V1.ValueTerms ToProto(in ValueTerms terms) => new()
    {
        ReturnWithout = terms.ReturnWithout,
        PriorReturnWith = terms.PriorReturnWith,
        ReturnWith = terms.ReturnWith,
        Value = terms.Value,
        ContactCost = terms.ContactCost,
        OfferCost = terms.OfferCost,
        UnsubscribeCost = terms.UnsubscribeCost,
        Context = terms.Context,
        Lever = terms.Lever,
        Priority = terms.Priority,
        Deviation = terms.Deviation,
    };

    /// <param name="terms">Null in decisions of an older program.</param>
    internal static ValueTerms ToCore(V1.ValueTerms? terms) => terms is null ? default : new ValueTerms(
        terms.ReturnWithout, terms.PriorReturnWith, terms.ReturnWith, terms.Value, terms.ContactCost, terms.OfferCost,
        terms.UnsubscribeCost, terms.Context, terms.Lever, terms.Priority, terms.Deviation);

    internal static V1.Chance? ToProto(Chance? chance, Func<Candidate, V1.RankedCandidate> toProto)
    {
        if (chance is null) return null;
        var message = new V1.Chance
        {
            NothingWeight = chance.NothingWeight,
            FirstDrawn = chance.FirstDrawn,
            NothingRest = chance.NothingRest.ToDuration(),
        };
        foreach (Candidate candidate in chance.Withheld) message.Withheld.Add(toProto(candidate));
        return message;
    }

    internal static Chance? ToCore(V1.Chance? message, Func<V1.RankedCandidate, Candidate> toCore) => message is null ? null : new Chance(
        message.NothingWeight, message.FirstDrawn, message.Withheld.Select(toCore).ToArray(), message.NothingRest.ToTimeSpan());

    internal static V1.ResponseValues? ToProto(ResponseValues? values)
    {
        if (values is null) return null;
        var message = new V1.ResponseValues { Version = values.Version, Calibration = values.Calibration, Actions = { values.Actions } };
        foreach (ResponseEstimate estimate in values.Estimates)
        {
            message.Ratios.Add(estimate.Ratio);
            message.Strengths.Add(estimate.Strength);
            message.UnsubscribeProbabilities.Add(estimate.UnsubscribeProbability);
        }

        return message;
    }

    internal static ResponseValues? ToCore(V1.ResponseValues? message) => message is null ? null : new ResponseValues(
        message.Version,
        message.Calibration,
        message.Actions.ToArray(),
        message.Ratios.Select((ratio, i) => new ResponseEstimate(ratio, message.Strengths[i], message.UnsubscribeProbabilities[i])).ToArray());
}
