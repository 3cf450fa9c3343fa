namespace WinBack.Core.Features;

/// <summary>One feature: its name, its unit, what it means, and how it is computed.</summary>
/// <param name="Name">snake_case with the window last, e.g. <c>purchases_90d</c>; unique in the schema.</param>
/// <param name="Unit">"days", "count", the currency as "currency", "ratio", "points", "1" (a plain number).</param>
/// <param name="Compute">NaN when there is nothing to compute it from.</param>
public sealed record FeatureDefinition(string Name, string Unit, string Description, Func<FeatureContext, double> Compute);
