namespace WinBack.Trees.ModelFiles;

/// <summary>What cross-validation said about the settings.</summary>
/// <param name="Folds">Parts judged, each by a model of earlier rows only when rows have times.</param>
/// <param name="Trials">Settings tried; 1 when nothing was searched.</param>
/// <param name="BestTrial">From 1; 1 is the settings as given.</param>
/// <param name="FirstLoss">Mean loss of the settings as given.</param>
/// <param name="BestLoss">Mean loss of the settings taken.</param>
public sealed record SearchSummary(int Folds, int Trials, int BestTrial, double FirstLoss, double BestLoss);
