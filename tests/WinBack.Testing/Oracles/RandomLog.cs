using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WinBack.Core.Events;

namespace WinBack.Testing.Oracles;

/// <summary>
/// A reproducible log of customer events over all streams: every kind of payload, and everything that goes wrong with
/// events. The same seed and options give the same records.
/// </summary>
public sealed class RandomLog
{
    private static readonly string[] Names = ["c{0}", "kunde-ü-{0}", "客户{0}", "🎁{0}", "o'{0}{{x}}"];

    private readonly RandomLogOptions _options;
    private readonly Random _random;
    private readonly RandomPayloads _payloads;
    private readonly List<LogRecord> _records = [];
    private readonly List<(V1.CustomerEvent Event, EventStream Stream)> _earlier = [];
    private readonly Dictionary<(EventStream, int), long> _nextOffsets = [];
    private int _nextId;

    private RandomLog(int seed, RandomLogOptions options)
    {
        _options = options;
        _random = new Random(seed);
        _payloads = new RandomPayloads(_random, options.Currency);
    }

    /// <summary>The records in the order in which they are produced.</summary>
    public static IReadOnlyList<LogRecord> Generate(int seed, RandomLogOptions? options = null)
    {
        var log = new RandomLog(seed, options ?? new RandomLogOptions());
        for (int i = 0; i < log._options.Records; i++) log.AddRecord(i);
        return log._records;
    }

    /// <summary>The customer ids of a log, some of them not ASCII.</summary>
    public static IReadOnlyList<string> Customers(RandomLogOptions options) =>
        [.. Enumerable.Range(0, options.Customers).Select(i => string.Format(null, Names[i % Names.Length], i))];

    private void AddRecord(int index)
    {
        DateTimeOffset time = DateTimeOffset.FromUnixTimeMilliseconds(
            (_options.Start + (_options.Span * index / Math.Max(1, _options.Records - 1))).ToUnixTimeMilliseconds());
        if (Happens(_options.ClockJumps)) time += TimeSpan.FromHours(_random.Next(-72, 73));
        if (_earlier.Count > 0 && Happens(_options.Duplicates))
        {
            AddRepeat(time);
            return;
        }

        string customer = Customers(_options)[_random.Next(_options.Customers)];
        var e = new V1.CustomerEvent { EventId = $"e{_nextId++}", CustomerId = customer, Source = "random" };
        e.EventTime = EventTime(time, customer).ToTimestamp();
        EventStream stream = FillPayload(e);
        if (Happens(_options.Poison))
        {
            AddPoison(e, stream, time);
            return;
        }

        _earlier.Add((e, stream));
        Add(e, stream, time);
    }

    private EventStream FillPayload(V1.CustomerEvent e)
    {
        if (Happens(_options.Unknown))
        {
            _payloads.FillUnknown(e);
            return (EventStream)_random.Next(EventStreams.Count);
        }

        if (Happens(_options.Erasures))
        {
            e.Lifecycle = new V1.LifecycleEvent { Kind = V1.LifecycleEvent.Types.Kind.Erased };
            return EventStream.Engagement;
        }

        EventStream stream = _payloads.Fill(e);
        // No rule ties a payload to a topic, so now and then it comes on another.
        return Happens(0.02) ? (EventStream)_random.Next(EventStreams.Count) : stream;
    }

    private DateTimeOffset EventTime(DateTimeOffset recordTime, string customer)
    {
        if (Happens(_options.Late))
        {
            TimeSpan[] behind =
            [
                _options.Horizon, _options.Horizon + TimeSpan.FromMilliseconds(1), _options.Horizon * 2, TimeSpan.FromDays(400),
            ];
            return recordTime - behind[_random.Next(behind.Length)];
        }

        if (Happens(_options.Future))
        {
            TimeSpan[] ahead =
            [
                _options.FutureTolerance, _options.FutureTolerance / 2, _options.FutureTolerance + TimeSpan.FromMilliseconds(1),
                TimeSpan.FromDays(1), TimeSpan.FromDays(36_500),
            ];
            return recordTime + ahead[_random.Next(ahead.Length)];
        }

        if (Happens(_options.Ties))
        {
            int from = Math.Max(0, _earlier.Count - 50);
            V1.CustomerEvent? tied = _earlier.Skip(from).Select(x => x.Event).LastOrDefault(x => x.CustomerId == customer);
            if (tied is not null) return tied.EventTime.ToDateTimeOffset();
        }

        // Delays from nothing to somewhat less than the horizon, most of them short.
        double share = Math.Pow(_random.NextDouble(), 4) * 0.98;
        return DateTimeOffset.FromUnixTimeMilliseconds((recordTime - (_options.Horizon * share)).ToUnixTimeMilliseconds());
    }

    private void AddRepeat(DateTimeOffset time)
    {
        // Mostly a recent one: those are inside the horizon.
        int back = _random.Next(3) == 0 ? _random.Next(_earlier.Count) : _random.Next(Math.Min(100, _earlier.Count));
        (V1.CustomerEvent e, EventStream stream) = _earlier[^(back + 1)];
        if (_random.Next(4) == 0)
        {
            e = new V1.CustomerEvent { EventId = e.EventId, CustomerId = e.CustomerId, EventTime = e.EventTime };
            _payloads.Fill(e);
            if (_random.Next(2) == 0) e.EventTime = time.ToTimestamp();
        }

        Add(e, Happens(0.05) ? (EventStream)_random.Next(EventStreams.Count) : stream, time);
    }

    private void AddPoison(V1.CustomerEvent e, EventStream stream, DateTimeOffset time)
    {
        byte[] key = Encoding.UTF8.GetBytes(e.CustomerId);
        int partition = CustomerPartition.Of(key, _options.Partitions);
        switch (_random.Next(9))
        {
            case 0: Add(stream, partition, key, [0xff, 0xff, 0x01], null, time); break;
            case 1: Add(stream, partition, key, null, null, time); break;
            case 2: Add(stream, partition, key, [], null, time); break;
            case 3: Add(stream, partition, key, e.ToByteArray(), "text/csv", time); break;
            case 4: Add(stream, partition, key, "{\"eventId\": \"e1\""u8.ToArray(), "application/json", time); break;
            case 5: Add(stream, partition, null, e.ToByteArray(), null, time); break;
            case 6: Add(stream, partition, "somebody else"u8.ToArray(), e.ToByteArray(), null, time); break;
            case 7 when _options.Partitions > 1:
                Add(stream, (partition + 1) % _options.Partitions, key, e.ToByteArray(), null, time);
                break;
            default:
                _payloads.FillInvalid(e);
                Add(stream, partition, key, e.ToByteArray(), null, time);
                break;
        }
    }

    private void Add(V1.CustomerEvent e, EventStream stream, DateTimeOffset time)
    {
        byte[] key = Encoding.UTF8.GetBytes(e.CustomerId);
        bool json = Happens(_options.Json);
        byte[] value = json ? Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(e)) : e.ToByteArray();
        string? contentType = json ? "application/json" : _random.Next(2) == 0 ? null : "application/x-protobuf";
        Add(stream, CustomerPartition.Of(key, _options.Partitions), key, value, contentType, time);
    }

    private void Add(EventStream stream, int partition, byte[]? key, byte[]? value, string? contentType, DateTimeOffset time)
    {
        long offset = _nextOffsets.GetValueOrDefault((stream, partition));
        _nextOffsets[(stream, partition)] = offset + 1;
        _records.Add(new LogRecord(stream, partition, offset, key, value, contentType, time));
    }

    private bool Happens(double share) => _random.NextDouble() < share;
}
