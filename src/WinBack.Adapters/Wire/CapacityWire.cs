using Google.Protobuf.Collections;
using WinBack.Core.Decisions;
using WinBack.Core.Policy.Capacities;

namespace WinBack.Adapters.Wire;

/// <summary>What a decision notes of scarce capacities, to its message and back.</summary>
internal static class CapacityWire
{
    /// <summary>Fields of a V1.DecisionEvidence.</summary>
    internal static void WriteEvidence(DecisionPlan plan, MessageWriter to)
    {
        foreach (CapacityQuote quote in plan.CapacityQuotes)
        {
            int begin = to.Begin(V1.DecisionEvidence.CapacityQuotesFieldNumber);
            to.String(V1.CapacityQuote.KeyFieldNumber, quote.Key);
            to.Int64(V1.CapacityQuote.LeftFieldNumber, quote.Left);
            to.Double(V1.CapacityQuote.PriceMicrosFieldNumber, quote.Price);
            to.Int64(V1.CapacityQuote.AskedUnitsFieldNumber, quote.AskedUnits);
            foreach (CapacityReturn back in quote.Returns)
            {
                int one = to.Begin(V1.CapacityQuote.ReturnsFieldNumber);
                to.Time(V1.CapacityReturn.TimeFieldNumber, back.Time);
                to.Int64(V1.CapacityReturn.UnitsFieldNumber, back.Units);
                to.End(one);
            }

            to.End(begin);
        }

        foreach (CapacityShortage shortage in plan.CapacityShortages)
        {
            int begin = to.Begin(V1.DecisionEvidence.CapacityShortagesFieldNumber);
            to.String(V1.CapacityShortage.ActionFieldNumber, shortage.Action);
            to.String(V1.CapacityShortage.KeyFieldNumber, shortage.Key);
            to.Int64(V1.CapacityShortage.LeftFieldNumber, shortage.Left);
            to.Time(V1.CapacityShortage.BackTimeFieldNumber, shortage.BackTime);
            to.End(begin);
        }
    }

    internal static IReadOnlyList<CapacityQuote> QuotesOf(V1.DecisionEvidence evidence) =>
        [.. evidence.CapacityQuotes.Select(q => new CapacityQuote(q.Key, q.Left, q.PriceMicros)
        {
            AskedUnits = q.AskedUnits, Returns = [.. q.Returns.Select(back => new CapacityReturn(back.Time.ToDateTimeOffset(), back.Units))],
        })];

    internal static IReadOnlyList<CapacityShortage> ShortagesOf(V1.DecisionEvidence evidence) =>
        [.. evidence.CapacityShortages.Select(s => new CapacityShortage(s.Action, s.Key, s.Left, s.BackTime?.ToDateTimeOffset()))];

    /// <param name="field">Of the message that has them.</param>
    internal static void Write(int field, IReadOnlyList<CapacityUse> uses, MessageWriter to)
    {
        foreach (CapacityUse use in uses)
        {
            int begin = to.Begin(field);
            to.String(V1.CapacityUse.PoolFieldNumber, use.Pool);
            to.Int64(V1.CapacityUse.UnitsFieldNumber, use.Units);
            to.Int64(V1.CapacityUse.LimitFieldNumber, use.Limit);
            to.Time(V1.CapacityUse.StartTimeFieldNumber, use.Start);
            to.Time(V1.CapacityUse.EndTimeFieldNumber, use.End);
            to.End(begin);
        }
    }

    internal static IReadOnlyList<CapacityUse> ToCore(RepeatedField<V1.CapacityUse> messages) => messages.Count == 0
        ? []
        : [.. messages.Select(m => new CapacityUse(m.Pool, m.Units, m.Limit, m.StartTime.ToDateTimeOffset(), m.EndTime.ToDateTimeOffset()))];
}
