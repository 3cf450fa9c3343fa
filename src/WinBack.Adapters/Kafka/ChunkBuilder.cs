using System.Text;
using Confluent.Kafka;
using WinBack.Adapters.Redis;
using WinBack.Adapters.Tracing;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Experiments;
using WinBack.Core.State;

namespace WinBack.Adapters.Kafka;

/// <summary>
/// One chunk of one partition: contiguous records of at most so many customers, decoded, then folded. Kept and filled
/// again; every list in it is that of the chunk taken last.
/// </summary>
internal sealed class ChunkBuilder(IngestContext context)
{
    private const int MaxRecords = 1_024;
    private readonly List<(ConsumeResult<byte[], byte[]> Raw, EventRecord Record, FoldOutcome? Screened, int Customer)> _records = [];
    private readonly ChunkCustomers _customers = new();
    private readonly HashSet<DateOnly> _days = [];
    private readonly List<DivertedRecord> _diverted = [];
    private readonly List<DateTimeOffset> _optOuts = [];
    private readonly Dictionary<string, List<TouchOutcome>> _touches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(SuccessKind Kind, long TimeMs)>> _successes = new(StringComparer.Ordinal);
    private readonly List<(string Customer, ResponseNews News)> _responses = [];
    private readonly List<ResponseNews> _news = [];
    private readonly int[] _outcomes = new int[Enum.GetValues<FoldOutcome>().Length];
    private readonly long[] _next = new long[EventStreams.Count];

    /// <summary>Of the chunk, repetitions that are passed over left out.</summary>
    internal int RecordCount => _records.Count;

    /// <summary>Who sent its records; empty while nobody listens to spans.</summary>
    internal SpanLinks Senders { get; } = new();

    internal IReadOnlyList<string> Customers => _customers.Names;

    /// <summary>Of the record time stamps, UTC.</summary>
    internal IReadOnlyCollection<DateOnly> Days => _days;

    /// <summary>Record time stamps (UTC) of the events that withdraw permission.</summary>
    internal IReadOnlyList<DateTimeOffset> OptOuts => _optOuts;

    /// <summary>Records for the dead-letter and late topics.</summary>
    internal IReadOnlyList<DivertedRecord> Diverted => _diverted;

    /// <summary>What became of touches, by customer.</summary>
    internal IReadOnlyDictionary<string, List<TouchOutcome>> Touches => _touches;

    /// <summary>Who looks for activity; null in tests that need none.</summary>
    internal PredictionWatch? Predictions { get; init; }

    /// <summary>Whether events are looked at as successes of experiments.</summary>
    internal bool TracksSuccesses { get; set; }

    /// <summary>What may be successes of experiments, by customer.</summary>
    internal IReadOnlyDictionary<string, List<(SuccessKind Kind, long TimeMs)>> Successes => _successes;

    /// <summary>What became of touches, in the order of the records.</summary>
    internal IReadOnlyList<(string Customer, ResponseNews News)> Responses => _responses;

    /// <summary>Offer codes that were refused at their redemption (rules S7).</summary>
    internal int CodesRefused { get; private set; }

    /// <summary>Number of records by <see cref="FoldOutcome"/>.</summary>
    internal ReadOnlySpan<int> Outcomes => _outcomes;

    /// <summary>Decodes records from <paramref name="from"/> on until the chunk is full.</summary>
    /// <returns>Index of the first record that is not in the chunk.</returns>
    internal int Take(IReadOnlyList<ConsumeResult<byte[], byte[]>> records, int from, PartitionWatermark held)
    {
        _records.Clear();
        _customers.Clear();
        _days.Clear();
        Senders.Clear();
        bool isTraced = Spans.AreWanted;
        foreach (EventStream stream in EventStreams.All) _next[(int)stream] = held.NextOffset(stream);
        DateOnly latestDay = default;
        int at = from;
        for (; at < records.Count && _records.Count < MaxRecords && _customers.Names.Count < context.Options.MaxChunkCustomers; at++)
        {
            ConsumeResult<byte[], byte[]> raw = records[at];
            EventStream stream = context.StreamOf(raw.Topic);
            // What was fetched before a seek may come after it; it is in the states already.
            if (raw.Offset.Value < _next[(int)stream]) continue;
            _next[(int)stream] = raw.Offset.Value + 1;
            if (isTraced) Senders.Add(raw.Message.Headers);
            EventRecord record = Decode(stream, raw);
            FoldOutcome? screened = context.Pipeline.Screen(ref record);
            // Records of a chunk are mostly of one day.
            if (DayOf(record) is var day && day != latestDay) _days.Add(latestDay = day);
            _records.Add((raw, record, screened, screened is null ? _customers.Add(record.Event!.Customer.Value) : -1));
        }

        return at;
    }

    internal StateChunk Fold(StateCache states, PartitionWatermark held)
    {
        _diverted.Clear();
        _optOuts.Clear();
        _touches.Clear();
        _successes.Clear();
        _responses.Clear();
        Array.Clear(_outcomes);
        CodesRefused = 0;
        var chunk = new StateChunk(held.WithOffsets(_next));
        _customers.Open(states);
        foreach ((ConsumeResult<byte[], byte[]> raw, EventRecord record, FoldOutcome? screened, int customer) in _records)
        {
            FoldOutcome outcome = screened ?? Fold(record, customer);
            if (outcome is FoldOutcome.DeadLetter or FoldOutcome.Late) _diverted.Add(new DivertedRecord(raw, record, outcome));
            if (EventPipeline.ChangesState(outcome) && WithdrawsPermission(record.Event!.Payload)) _optOuts.Add(record.IngestTime);
            _outcomes[(int)outcome]++;
            states[DayOf(record)].Add(outcome);
        }

        _customers.Write(chunk, states);
        foreach (DateOnly day in _days) chunk.Put(day, states[day]);
        return chunk;
    }

    private static bool WithdrawsPermission(EventPayload payload) => payload
        is ConsentPayload { Kind: ConsentKind.Withdrawn or ConsentKind.Complaint }
        or OutcomePayload { Kind: OutcomeKind.Unsubscribed } or LifecyclePayload { Kind: LifecycleKind.Erased };

    private static DateOnly DayOf(in EventRecord record) => DateOnly.FromDateTime(record.IngestTime.UtcDateTime);

    private FoldOutcome Fold(in EventRecord record, int at)
    {
        string customer = record.Event!.Customer.Value;
        CustomerState state = _customers.StateOf(at);
        bool wasBack = ResponseNews.IsBack(state);
        FoldOutcome outcome = context.Pipeline.Fold(record, state);
        if (EventPipeline.ChangesState(outcome)) _customers.Changed(at);
        if (outcome is FoldOutcome.Folded or FoldOutcome.Late && OutcomeTouches.Of(record.Event) is { } touch) Hear(customer, touch);
        if (TracksSuccesses && outcome == FoldOutcome.Folded && SuccessEvents.Of(record.Event.Payload) is { } success)
            AddSuccess(customer, success, record.Event.EventTime);
        if (outcome == FoldOutcome.Folded && record.Event.Payload is OutcomePayload { Kind: OutcomeKind.CodeRefused }) CodesRefused++;
        if (Predictions is { IsEmpty: false } && outcome == FoldOutcome.Folded && CustomerActivity.Is(record.Event.Payload))
            Predictions.Note(customer, record.Event.EventTime);
        if (outcome is FoldOutcome.Folded or FoldOutcome.Late) Note(customer, record.Event, state, wasBack);
        return outcome;
    }

    private void Hear(string customer, TouchOutcome touch)
    {
        if (!_touches.TryGetValue(customer, out List<TouchOutcome>? touches)) _touches.Add(customer, touches = []);
        touches.Add(touch);
    }

    private void AddSuccess(string customer, SuccessKind kind, DateTimeOffset time)
    {
        if (!_successes.TryGetValue(customer, out var successes)) _successes.Add(customer, successes = []);
        successes.Add((kind, time.ToUnixTimeMilliseconds()));
    }

    private void Note(string customer, CustomerEvent e, CustomerState state, bool wasBack)
    {
        _news.Clear();
        ResponseNews.Add(e, state, wasBack, _news);
        foreach (ResponseNews news in _news) _responses.Add((customer, news));
    }

    private EventRecord Decode(EventStream stream, ConsumeResult<byte[], byte[]> raw)
    {
        DateTimeOffset? ingestTime = RecordTime.Of(raw.Message.Timestamp);
        // A header may be there without a value: TryGetLastBytes then answers true and null.
        string? contentType = raw.Message.Headers is { Count: > 0 } headers && headers.TryGetLastBytes("content-type", out byte[]? bytes)
            && bytes is not null ? Encoding.UTF8.GetString(bytes) : null;
        return context.Reader.Read(
            stream, raw.Partition.Value, raw.Offset.Value, ingestTime, raw.Message.Key, raw.Message.Value, contentType);
    }
}
