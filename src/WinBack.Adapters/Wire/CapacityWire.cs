using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using WinBack.Core.Decisions;
using WinBack.Core.Policy.Capacities;

namespace WinBack.Adapters.Wire;

/// <summary>What a decision notes of scarce capacities, to its message and back.</summary>
internal static class CapacityWire
{
    internal static void AddEvidence(DecisionPlan plan, V1.DecisionEvidence evidence)
    {
        foreach (CapacityQuote quote in plan.CapacityQuotes)
        {
            var message = new V1.CapacityQuote { Key = quote.Key, Left = quote.Left, PriceMicros = quote.Price, AskedUnits = quote.AskedUnits };
            foreach (CapacityReturn back in quote.Returns)
                message.Returns.Add(new V1.CapacityReturn { Time = back.Time.ToTimestamp(), Units = back.Units });
            evidence.CapacityQuotes.Add(message);
        }

        foreach (CapacityShortage shortage in plan.CapacityShortages)
            evidence.CapacityShortages.Add(new V1.CapacityShortage
            {
                Action = shortage.Action, Key = shortage.Key, Left = shortage.Left, BackTime = DecisionWire.ToProto(shortage.BackTime),
            });
    }

    internal static IReadOnlyList<CapacityQuote> QuotesOf(V1.DecisionEvidence evidence) =>
        [.. evidence.CapacityQuotes.Select(q => new CapacityQuote(q.Key, q.Left, q.PriceMicros)
        {
            AskedUnits = q.AskedUnits, Returns = [.. q.Returns.Select(back => new CapacityReturn(back.Time.ToDateTimeOffset(), back.Units))],
        })];

    internal static IReadOnlyList<CapacityShortage> ShortagesOf(V1.DecisionEvidence evidence) =>
        [.. evidence.CapacityShortages.Select(s => new CapacityShortage(s.Action, s.Key, s.Left, s.BackTime?.ToDateTimeOffset()))];

    internal static void Add(IReadOnlyList<CapacityUse> uses, RepeatedField<V1.CapacityUse> messages)
    {
        foreach (CapacityUse use in uses)
            messages.Add(new V1.CapacityUse
            {
                Pool = use.Pool, Units = use.Units, Limit = use.Limit, StartTime = use.Start.ToTimestamp(), EndTime = use.End.ToTimestamp(),
            });
    }

    internal static IReadOnlyList<CapacityUse> ToCore(RepeatedField<V1.CapacityUse> messages) => messages.Count == 0
        ? []
        : [.. messages.Select(m => new CapacityUse(m.Pool, m.Units, m.Limit, m.StartTime.ToDateTimeOffset(), m.EndTime.ToDateTimeOffset()))];
}
