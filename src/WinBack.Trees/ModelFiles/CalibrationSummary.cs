namespace WinBack.Trees.ModelFiles;

/// <summary>How probabilities were calibrated.</summary>
/// <param name="Kind">Platt or Isotonic.</param>
/// <param name="Split">The rows it was fitted on.</param>
/// <param name="Rows">How many.</param>
/// <param name="EceBefore">Expected calibration error there without calibration.</param>
/// <param name="EceAfter">With it, cross-fitted: each row judged by a fit on other rows. NaN when that was not possible.</param>
public sealed record CalibrationSummary(string Kind, string Split, int Rows, double EceBefore, double EceAfter);
