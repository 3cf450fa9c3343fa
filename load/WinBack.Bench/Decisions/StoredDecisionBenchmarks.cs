using BenchmarkDotNet.Attributes;
using WinBack.Adapters.Redis;
using WinBack.Adapters.Wire;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;

namespace WinBack.Bench.Decisions;

/// <summary>What a decision costs the service between its plan and Redis, and between Redis and the decisions topic.</summary>
[MemoryDiagnoser]
public class StoredDecisionBenchmarks
{
    private readonly PartitionKeys _keys = new(0);
    private DecisionPlan _plan = null!;
    private Decision _expected = null!;
    private byte[] _written = null!;
    private byte[] _packed = null!;

    /// <summary>Whether a cap of any channel has turned every candidate down.</summary>
    [Params(false, true)]
    public bool IsCapped { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var programme = new ShippedProgramme();
        var request = new DecisionRequest(ShippedProgramme.Customer, Guid.NewGuid(), []);
        var touches = new CapLedger();
        _plan = Plan(touches);
        if (IsCapped)
        {
            var sent = Guid.NewGuid();
            touches.Take(sent, _plan.Ranking[0].Caps, touches.Advance(ShippedProgramme.Now.AddHours(-1)), TimeSpan.FromMinutes(10));
            touches.Confirm(sent, touches.Advance(ShippedProgramme.Now.AddMinutes(-55)));
            _plan = Plan(touches);
        }

        _expected = ExpectedReservation.Of(_plan, _keys)!.Decision;
        if ((_expected.Kind == DecisionKind.NoAction) != IsCapped) throw new InvalidOperationException("the caps say something else");
        _written = DecisionWire.Write(_expected);
        _packed = DecisionPacking.Pack(_written);

        DecisionPlan Plan(CapLedger caps) => programme.Pipeline.Plan(
            request, CustomerSnapshot.Of(programme.Blob, caps), programme.Features, programme.Scorer.Score(programme.Features),
            programme.Playbook, ShippedProgramme.Now);
    }

    /// <summary>All of it: the caps asked, the decision written and packed, the arguments of the script.</summary>
    [Benchmark]
    public object Reservation() => ExpectedReservation.Of(_plan, _keys)!;

    [Benchmark]
    public byte[] Write() => DecisionWire.Write(_expected);

    [Benchmark]
    public byte[] Pack() => DecisionPacking.Pack(_written);

    [Benchmark]
    public byte[] Unpack() => DecisionPacking.Unpack(_packed);

    /// <summary>Of what the drain of the outbox reads.</summary>
    [Benchmark]
    public object Message() => StoredDecision.ToMessage(["0", "1788264000000000", "1788264600000000", "", _packed, ""])!;
}
