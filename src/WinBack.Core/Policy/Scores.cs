namespace WinBack.Core.Policy;

/// <summary>What the models say about one customer.</summary>
/// <param name="Churn">Probability that the customer stays away, 0 to 1.</param>
/// <param name="WinBack">Probability that a lapsed customer comes back, 0 to 1.</param>
/// <param name="ModelVersions">Name and sha256 prefix of each model, e.g. "churn@3f2a...".</param>
public sealed record Scores(double Churn, double WinBack, IReadOnlyList<string> ModelVersions);
