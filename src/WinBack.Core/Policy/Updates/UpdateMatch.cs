namespace WinBack.Core.Policy.Updates;

/// <summary>What the catalogue of product updates has for one customer.</summary>
/// <param name="Current">The newest published one that addresses why the customer left; null for none.</param>
/// <param name="Problem">The tag of it that the customer named; "" when it is for all who left for the reason.</param>
/// <param name="Next">The first one to come that will; null for none.</param>
public sealed record UpdateMatch(ProductUpdate? Current, string Problem, ProductUpdate? Next)
{
    public static UpdateMatch None { get; } = new(null, "", null);

    /// <summary>What a decision keeps: with these alone it is made again bit for bit.</summary>
    public IReadOnlyList<ProductUpdate> Known => (Current, Next) switch
    {
        (null, null) => [],
        ({ } current, null) => [current],
        (null, { } next) => [next],
        ({ } current, { } next) => [current, next],
    };
}
