using WinBack.Core.Decisions;
using WinBack.Core.Features;
using WinBack.Core.State;

namespace WinBack.Service.Deciding;

/// <summary>
/// From what was read of a customer to a plan: features, scores, rules. Serving, replays, explanations and simulations all
/// come through here, so that none of them can look at something else than the others.
/// </summary>
internal sealed class DecisionPlanner(DecisionPipeline pipeline, FeatureSchema schema)
{
    [ThreadStatic]
    private static FeatureContext? _context;

    internal DecisionPlan Plan(DecisionCase from)
    {
        FeatureContext context = _context ??= new FeatureContext();
        context.Load(from.Customer.State ?? new CustomerState(), from.AsOf);
        float[] features = new float[schema.Count];
        schema.Write(context, features);
        return pipeline.Plan(
            from.Request, from.Customer, features, from.Score(features), from.Playbook, from.AsOf, from.Responses, from.Quotes,
            from.Updates);
    }
}
