using WinBack.Core.Decisions;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Responses;

namespace WinBack.Core.Outcomes;

/// <summary>
/// Puts logged decisions to another playbook: the same customer, features, scores, touches, instant and beliefs about
/// responses go through the same pipeline. Touches count under the names that caps had when they were made, so a cap that
/// only the new playbook has counts none of them.
/// </summary>
/// <param name="pipeline">Of the feature schema that the log was made with.</param>
public sealed class PolicyReplay(DecisionPipeline pipeline, PlaybookModel playbook)
{
    /// <param name="logged">With its inputs.</param>
    /// <param name="customer">From the inputs of the plan.</param>
    /// <param name="option">What was done; "" for nothing.</param>
    /// <param name="probability">As it was logged.</param>
    /// <param name="reward">What came of it.</param>
    /// <exception cref="ArgumentException">The plan has no inputs.</exception>
    public LoggedDecision Judge(DecisionPlan logged, CustomerSnapshot customer, string option, double probability, double reward)
    {
        DecisionInputs inputs = logged.Inputs ?? throw new ArgumentException("an older program made it and did not keep its inputs", nameof(logged));
        DecisionPlan plan = pipeline.Plan(
            new DecisionRequest(logged.Customer, logged.Id?.Request, inputs.Channels), customer with { Caps = customer.Caps.Copy() },
            logged.Features, logged.Scores, playbook, logged.DecideTime, ResponseTable.Kept(logged.Responses),
            logged.CapacityQuotes);
        IReadOnlyDictionary<string, double> target = AnswerOdds.Of(plan, customer.Caps);
        IReadOnlyDictionary<string, double> before = logged.Chance is null
            ? new Dictionary<string, double> { [option] = probability }
            : AnswerOdds.Of(logged, customer.Caps);
        return new LoggedDecision(
            logged.Customer.Value, logged.Segment, option, probability, reward,
            target.Keys.Union(before.Keys)
                .Select(o => new OptionChance(o, target.GetValueOrDefault(o), before.GetValueOrDefault(o))).ToArray());
    }
}
