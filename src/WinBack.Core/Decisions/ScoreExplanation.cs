namespace WinBack.Core.Decisions;

/// <summary>Why a model says what it says of one customer.</summary>
/// <param name="ModelName">For instance churn.</param>
/// <param name="ModelVersion">Name and sha256 prefix.</param>
/// <param name="ExpectedScore">The mean raw score of the rows it was trained on.</param>
/// <param name="RawScore"><paramref name="ExpectedScore"/> and all contributions together.</param>
/// <param name="LogOddsPerScore">Log-odds that one unit of raw score stands for; NaN when the link is not logistic.</param>
/// <param name="Probability">The prediction itself.</param>
/// <param name="Contributions">Those that are not 0, the largest first.</param>
public sealed record ScoreExplanation(
    string ModelName,
    string ModelVersion,
    double ExpectedScore,
    double RawScore,
    double LogOddsPerScore,
    double Probability,
    IReadOnlyList<FeatureContribution> Contributions);
