using WinBack.Core.Decisions;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Capacities;
using WinBack.Core.Policy.Responses;
using WinBack.Core.Policy.Updates;

namespace WinBack.Service.Deciding;

/// <summary>Everything that a plan is made from.</summary>
/// <param name="Score">Of features in schema order.</param>
/// <param name="AsOf">UTC.</param>
internal sealed record DecisionCase(
    DecisionRequest Request, CustomerSnapshot Customer, Func<float[], Scores> Score, PlaybookModel Playbook, DateTimeOffset AsOf)
{
    /// <summary>What is known of scarce capacities.</summary>
    internal IReadOnlyList<CapacityQuote> Quotes { get; init; } = [];

    /// <summary>What outcomes had taught.</summary>
    internal ResponseTable Responses { get; init; } = ResponseTable.Empty;

    /// <summary>Of the product, as the decision knows them.</summary>
    internal UpdateCatalogue Updates { get; init; } = UpdateCatalogue.Empty;
}
