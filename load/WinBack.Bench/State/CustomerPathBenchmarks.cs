using BenchmarkDotNet.Attributes;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Features;
using WinBack.Core.State;

namespace WinBack.Bench.State;

/// <summary>What each event and each decision does to one customer's state: read, fold, write, features.</summary>
[MemoryDiagnoser]
public class CustomerPathBenchmarks
{
    private const int Events = 200;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly EventPipeline _pipeline = new(new FoldOptions());
    private readonly StateCodec _codec = new();
    private readonly FeatureContext _context = new();
    private readonly float[] _features = new float[FeatureSchema.Default.Count];
    private readonly CustomerState _state = new();
    private byte[] _blob = [];
    private int _next;

    [GlobalSetup]
    public void Setup()
    {
        for (int i = 0; i < Events; i++) Fold();
        _blob = _codec.Encode(_state).ToArray();
    }

    [Benchmark]
    public FoldOutcome? Fold()
    {
        DateTimeOffset time = Start.AddHours(_next);
        EventPayload payload = (_next % 3) switch
        {
            0 => new LoginPayload(""),
            1 => new UsagePayload("report", 1, 60, 0),
            _ => new ViewedPayload("/p", ""),
        };
        var e = new CustomerEvent(new EventId($"e{_next++}"), new CustomerId("c"), time, "", payload);
        var record = new EventRecord(EventStream.Engagement, 0, 0, time, e);
        return _pipeline.Screen(ref record) ?? _pipeline.Fold(record, _state);
    }

    [Benchmark]
    public int Encode() => _codec.Encode(_state).Length;

    [Benchmark]
    public CustomerState Decode() => StateCodec.Decode(_blob);

    [Benchmark]
    public float Features()
    {
        _context.Load(_state, Start.AddHours(_next));
        FeatureSchema.Default.Write(_context, _features);
        return _features[0];
    }
}
