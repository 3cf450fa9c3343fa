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
        to.Messages(V1.DecisionEvidence.CapacityQuotesFieldNumber, plan.CapacityQuotes, Write);
        to.Messages(V1.DecisionEvidence.CapacityShortagesFieldNumber, plan.CapacityShortages, Write);
    }

    private static void Write(CapacityQuote quote, MessageWriter to)
    {
        to.String(V1.CapacityQuote.KeyFieldNumber, quote.Key);
        to.Int64(V1.CapacityQuote.LeftFieldNumber, quote.Left);
        to.Double(V1.CapacityQuote.PriceMicrosFieldNumber, quote.Price);
        to.Int64(V1.CapacityQuote.AskedUnitsFieldNumber, quote.AskedUnits);
        to.Messages(V1.CapacityQuote.ReturnsFieldNumber, quote.Returns, Write);
    }

    private static void Write(CapacityReturn back, MessageWriter to)
    {
        to.Time(V1.CapacityReturn.TimeFieldNumber, back.Time);
        to.Int64(V1.CapacityReturn.UnitsFieldNumber, back.Units);
    }

    private static void Write(CapacityShortage shortage, MessageWriter to)
    {
        to.String(V1.CapacityShortage.ActionFieldNumber, shortage.Action);
        to.String(V1.CapacityShortage.KeyFieldNumber, shortage.Key);
        to.Int64(V1.CapacityShortage.LeftFieldNumber, shortage.Left);
        to.Time(V1.CapacityShortage.BackTimeFieldNumber, shortage.BackTime);
    }

    internal static IReadOnlyList<CapacityQuote> QuotesOf(V1.DecisionEvidence evidence) =>
        [.. evidence.CapacityQuotes.Select(q => new CapacityQuote(q.Key, q.Left, q.PriceMicros)
        {
            AskedUnits = q.AskedUnits, Returns = [.. q.Returns.Select(back => new CapacityReturn(back.Time.ToDateTimeOffset(), back.Units))],
        })];

    internal static IReadOnlyList<CapacityShortage> ShortagesOf(V1.DecisionEvidence evidence) =>
        [.. evidence.CapacityShortages.Select(s => new CapacityShortage(s.Action, s.Key, s.Left, s.BackTime?.ToDateTimeOffset()))];

    /// <summary>Its fields.</summary>
    internal static void Write(CapacityUse use, MessageWriter to)
    {
        to.String(V1.CapacityUse.PoolFieldNumber, use.Pool);
        to.Int64(V1.CapacityUse.UnitsFieldNumber, use.Units);
        to.Int64(V1.CapacityUse.LimitFieldNumber, use.Limit);
        to.Time(V1.CapacityUse.StartTimeFieldNumber, use.Start);
        to.Time(V1.CapacityUse.EndTimeFieldNumber, use.End);
    }

    internal static IReadOnlyList<CapacityUse> ToCore(RepeatedField<V1.CapacityUse> messages) => messages.Count == 0
        ? []
        : [.. messages.Select(m => new CapacityUse(m.Pool, m.Units, m.Limit, m.StartTime.ToDateTimeOffset(), m.EndTime.ToDateTimeOffset()))];
}
