using System.Globalization;
using WinBack.Core.State;

namespace WinBack.Core.Decisions;

/// <summary>
/// Facts that a message may name (rules L7): what the customer did last and used most. Sorted by name, so that equal
/// states give equal decisions.
/// </summary>
internal static class ContentFacts
{
    private static readonly (string Name, Fact Fact)[] Texts =
    [
        ("account_owner", Fact.AccountOwner),
        ("language", Fact.Language),
        ("last_category_bought", Fact.LastCategoryBought),
        ("last_category_viewed", Fact.LastCategoryViewed),
        ("last_item_bought", Fact.LastItemBought),
        ("last_page_viewed", Fact.LastPageViewed),
    ];

    internal static IReadOnlyList<KeyValuePair<string, string>> Of(CustomerState state)
    {
        var facts = new List<KeyValuePair<string, string>>(8);
        foreach ((string name, Fact fact) in Texts)
            if (state.Facts.Text(fact) is { Length: > 0 } text) facts.Add(new(name, text));
        if (state.Facts.Number(Fact.LoyaltyPoints) is { } points)
            facts.Add(new("loyalty_points", points.ToString(CultureInfo.InvariantCulture)));
        if (state.FeatureUses.MostUsed() is { } most) facts.Add(new("most_used_feature", most.Name));
        if (state.Facts.Text(Fact.Plan) is { Length: > 0 } plan) facts.Add(new("plan", plan));
        return facts;
    }
}
