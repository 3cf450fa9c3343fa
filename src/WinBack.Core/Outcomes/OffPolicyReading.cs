namespace WinBack.Core.Outcomes;

/// <summary>What a log says about a policy that did not make it. Rewards are means a decision, in the log's unit.</summary>
/// <param name="Decisions">In the log.</param>
/// <param name="Customers">Who are independent of each other, decisions are not.</param>
/// <param name="Missing">What the log cannot tell, most frequent first. While it is not empty the estimates below mean nothing.</param>
/// <param name="Logged">What the log's own policy earned.</param>
/// <param name="Ips">Inverse propensity scoring.</param>
/// <param name="Snips">Its self-normalised form: a little bias, less variance.</param>
/// <param name="Dr">Doubly robust; the one to go by.</param>
/// <param name="Gain">Doubly robust estimate less what the log earned, decision by decision: whether the new policy is better.</param>
/// <param name="MeanWeight">1 when the logged probabilities are right: when 1 is outside of its interval they are not.</param>
/// <param name="EffectiveDecisions">So many decisions of the new policy itself would tell as much (Kish).</param>
/// <param name="MaxWeight">The weight of the one decision that counts most.</param>
public sealed record OffPolicyReading(
    int Decisions,
    int Customers,
    IReadOnlyList<MissingSupport> Missing,
    PolicyEstimate Logged,
    PolicyEstimate Ips,
    PolicyEstimate Snips,
    PolicyEstimate Dr,
    PolicyEstimate Gain,
    PolicyEstimate MeanWeight,
    double EffectiveDecisions,
    double MaxWeight)
{
    public bool IsSupported => Missing.Count == 0;
}
