using BenchmarkDotNet.Attributes;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Features;
using WinBack.Core.Policy;

namespace WinBack.Bench.Decisions;

/// <summary>A decision by the shipped playbook and models, without any store: the parts, and a whole preview.</summary>
[MemoryDiagnoser]
public class DecisionPipelineBenchmarks
{
    private static readonly DecisionRequest Request = new(ShippedProgramme.Customer, null, []);
    private readonly FeatureContext _context = new();
    private ShippedProgramme _programme = null!;
    private CustomerSnapshot _customer = null!;
    private CustomerSnapshot _unknown = null!;
    private Scores _scores = null!;
    private DecisionPlan _plan = null!;

    [GlobalSetup]
    public void Setup()
    {
        _programme = new ShippedProgramme();
        _customer = CustomerSnapshot.Of(_programme.Blob, CapLedger.Empty);
        _unknown = CustomerSnapshot.Of((byte[]?)null, CapLedger.Empty);
        _scores = Score();
        _plan = Plan();
        if (_plan.Ranking.Count == 0) throw new InvalidOperationException("nothing is eligible: the benchmark would measure the dull case");
    }

    /// <summary>Two models on one vector.</summary>
    [Benchmark]
    public Scores Score() => _programme.Scorer.Score(_programme.Features);

    /// <summary>Rules, values, experiments and chance, for a customer with candidates.</summary>
    [Benchmark]
    public DecisionPlan Plan() => Plan(_customer, _programme.Features, _scores);

    [Benchmark]
    public DecisionPlan PlanUnknownCustomer() => Plan(_unknown, _programme.Features, _scores);

    /// <summary>What the decision says, from the plan and what the caps say.</summary>
    [Benchmark]
    public Decision Conclude() => DecisionPipeline.Conclude(_plan, DecisionPipeline.Preview(_plan, _customer, ShippedProgramme.Now));

    /// <summary>What validate_only costs beside gRPC and Redis: from the blob to the decision.</summary>
    [Benchmark]
    public Decision Preview()
    {
        CustomerSnapshot customer = CustomerSnapshot.Of(_programme.Blob, CapLedger.Empty);
        float[] features = ShippedProgramme.FeaturesOf(customer.State!, _context);
        DecisionPlan plan = Plan(customer, features, _programme.Scorer.Score(features));
        return DecisionPipeline.Conclude(plan, DecisionPipeline.Preview(plan, customer, ShippedProgramme.Now));
    }

    private DecisionPlan Plan(CustomerSnapshot customer, float[] features, Scores scores) =>
        _programme.Pipeline.Plan(Request, customer, features, scores, _programme.Playbook, ShippedProgramme.Now);
}
