using System.Text;
using Google.Protobuf;
using WinBack.Adapters.Wire;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.State;

namespace WinBack.Cli.Replay;

/// <summary>
/// The event path without Kafka and Redis: the reader and the pipeline that serve, with states in memory. Every event is
/// taken as if it had been sent when it happened: its record time stamp is its event time, as `winback produce` does it.
/// </summary>
internal sealed class EventReplay(FoldOptions options)
{
    private readonly EventPipeline _pipeline = new(options);
    private readonly EventReader _reader = new(partitionCount: 1, options.Currency);
    private readonly long[] _outcomes = new long[Enum.GetValues<FoldOutcome>().Length];
    private readonly long[] _offsets = new long[EventStreams.Count];
    private readonly Dictionary<string, CustomerState> _states = new(StringComparer.Ordinal);

    /// <summary>By customer id.</summary>
    internal IReadOnlyDictionary<string, CustomerState> States => _states;

    /// <summary>Of the latest dead letter; null when there was none.</summary>
    internal string? LastFault { get; private set; }

    internal long Count(FoldOutcome outcome) => _outcomes[(int)outcome];

    internal FoldOutcome Apply(V1.CustomerEvent e)
    {
        FoldOutcome outcome = Fold(e);
        _outcomes[(int)outcome]++;
        return outcome;
    }

    private FoldOutcome Fold(V1.CustomerEvent e)
    {
        EventStream stream = EventRouting.StreamOf(e);
        EventRecord record = _reader.Read(
            stream,
            partition: 0,
            _offsets[(int)stream]++,
            e.EventTime?.ToDateTimeOffset(),
            Encoding.UTF8.GetBytes(e.CustomerId),
            e.ToByteArray(),
            contentType: null);
        if (_pipeline.Screen(ref record) is { } screened)
        {
            LastFault = $"{record.Fault}: {record.FaultDetail} (event '{e.EventId}' of customer '{e.CustomerId}')";
            return screened;
        }

        if (!_states.TryGetValue(e.CustomerId, out CustomerState? state)) _states[e.CustomerId] = state = new CustomerState();
        return _pipeline.Fold(record, state);
    }
}
