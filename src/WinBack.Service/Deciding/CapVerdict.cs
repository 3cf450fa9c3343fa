using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Policy;

namespace WinBack.Service.Deciding;

/// <summary>What the caps say to one candidate of a plan, as if it were the only one. Takes nothing.</summary>
/// <param name="Rejections">Empty when they let it pass.</param>
/// <param name="Denials">The same, with numbers: of the full caps.</param>
internal sealed record CapVerdict(IReadOnlyList<Rejection> Rejections, IReadOnlyList<CapDenial> Denials)
{
    internal bool IsAllowed => Denials.Count == 0;

    /// <param name="clock">UTC, of the caps.</param>
    internal static CapVerdict Of(DecisionPlan plan, Candidate candidate, CustomerSnapshot customer, DateTimeOffset clock)
    {
        DecisionPlan alone = plan with { Ranking = [candidate] };
        ReserveResult result = DecisionPipeline.Preview(alone, customer with { Caps = customer.Caps.Copy() }, clock);
        return new CapVerdict(DecisionPipeline.Conclude(alone, result).CapRejections, result.Denials);
    }
}
