using System.Text;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.State;

namespace WinBack.Testing.Oracles;

/// <summary>
/// The oracle of the event path: judges a log and says which state blob every customer must have, by looking through
/// the whole list again for every question. Written from events.proto and the words of the fold, and shares none of its
/// code: only the enumerations, the hash of event ids and the partitioner are used, which have tests of their own.
/// </summary>
public static class NaiveFold
{
    /// <param name="log">The records of each stream and partition in the order of their offsets.</param>
    /// <param name="partitions">Partitions of every topic.</param>
    public static NaiveFoldResult Fold(IReadOnlyList<LogRecord> log, int partitions, FoldOptions? options = null)
    {
        options ??= new FoldOptions();
        var reader = new NaiveReader(partitions, options.Currency, options.FutureTolerance);
        var outcomes = new FoldOutcome[log.Count];
        var faults = new RecordFault[log.Count];
        var customers = new string?[log.Count];
        var events = new List<NaiveEvent>();
        for (int i = 0; i < log.Count; i++)
        {
            faults[i] = reader.Judge(log[i], out V1.CustomerEvent message);
            outcomes[i] = faults[i] != RecordFault.None ? FoldOutcome.DeadLetter : FoldOutcome.UnknownKind;
            if (faults[i] != RecordFault.None) continue;
            customers[i] = message.CustomerId;
            if (NaiveReader.IsKnown(message))
                events.Add(new NaiveEvent(
                    i, log[i].Stream, log[i].Timestamp.ToUnixTimeMilliseconds(), NaiveReader.TimeMs(message), message));
        }

        var blobs = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        var erased = new SortedSet<string>(StringComparer.Ordinal);
        foreach (IGrouping<string, NaiveEvent> own in events.GroupBy(e => e.Message.CustomerId))
        {
            NaiveArrivals[] streams = [.. own.GroupBy(e => e.Stream).OrderBy(s => s.Key).Select(s => new NaiveArrivals(s.Key, s, options))];
            foreach ((NaiveEvent e, FoldOutcome outcome) in streams.SelectMany(s => s.Outcomes)) outcomes[e.Index] = outcome;
            NaiveEvent[] folded = [.. streams.SelectMany(s => s.Folded)];
            blobs[own.Key] = NaiveBlob.Encode(folded, streams);
            if (folded.Where(e => e.IsErasure).MinBy(e => e.Index) is not { } erasure) continue;
            erased.Add(own.Key);
            for (int i = erasure.Index + 1; i < log.Count; i++)
                if (customers[i] == own.Key) outcomes[i] = FoldOutcome.Erased;
        }

        return new NaiveFoldResult(blobs, outcomes, faults, erased);
    }

    /// <summary>Names the first difference between blobs; null when every key and byte is equal.</summary>
    public static string? Difference(IReadOnlyDictionary<string, byte[]> expected, IReadOnlyDictionary<string, byte[]> actual)
    {
        foreach (string customer in expected.Keys.Union(actual.Keys))
        {
            byte[]? wanted = expected.GetValueOrDefault(customer), found = actual.GetValueOrDefault(customer);
            if (wanted is not null && found is not null && wanted.AsSpan().SequenceEqual(found)) continue;
            return new StringBuilder($"customer '{customer}'\n")
                .Append($"  expected {(wanted is null ? "no state" : Convert.ToHexStringLower(wanted))}\n")
                .Append($"  found    {(found is null ? "no state" : Convert.ToHexStringLower(found))}")
                .ToString();
        }

        return null;
    }
}
