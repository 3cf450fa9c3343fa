using WinBack.Adapters.Wire;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.State;
using WinBack.Testing.Oracles;

namespace WinBack.Tests.Oracles;

/// <summary>Reads a log with the classes that serve, in one process and without stores.</summary>
internal sealed class LogFold(int partitions, EventPipeline pipeline, FoldOptions options)
{
    private readonly EventReader _reader = new(partitions, options.Currency);
    private readonly StateCodec _codec = new();

    internal LogFold(int partitions, FoldOptions options)
        : this(partitions, new EventPipeline(options), options)
    {
    }

    /// <summary>Every so many records all states go through the codec; 0 for never.</summary>
    internal int RecodeEvery { get; init; }

    internal SortedDictionary<string, CustomerState> States { get; } = new(StringComparer.Ordinal);

    internal List<FoldOutcome> Outcomes { get; } = [];

    internal List<RecordFault> Faults { get; } = [];

    internal LogFold Run(IEnumerable<LogRecord> log)
    {
        foreach (LogRecord record in log)
        {
            Outcomes.Add(Fold(record));
            if (RecodeEvery > 0 && Outcomes.Count % RecodeEvery == 0)
                foreach (string customer in States.Keys.ToArray()) States[customer] = StateCodec.Decode(
                    _codec.Encode(States[customer]));
        }

        return this;
    }

    internal SortedDictionary<string, byte[]> Blobs()
    {
        var blobs = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach ((string customer, CustomerState state) in States) blobs[customer] = _codec.Encode(state).ToArray();
        return blobs;
    }

    private FoldOutcome Fold(LogRecord record)
    {
        EventRecord read = _reader.Read(
            record.Stream, record.Partition, record.Offset, record.Timestamp, record.Key, record.Value, record.ContentType);
        FoldOutcome? screened = pipeline.Screen(ref read);
        Faults.Add(read.Fault);
        if (screened is { } outcome) return outcome;
        string customer = read.Event!.Customer.Value;
        CustomerState state = States.GetValueOrDefault(customer) ?? new CustomerState();
        outcome = pipeline.Fold(read, state);
        // As the worker does: only what may have changed is stored.
        if (EventPipeline.ChangesState(outcome)) States[customer] = state;
        return outcome;
    }
}
