namespace WinBack.Trees.Metrics;

/// <summary>One part of a <see cref="LiftTable"/>, best-scored rows first.</summary>
/// <param name="Part">From 1.</param>
/// <param name="Rows">Rows in the part.</param>
/// <param name="Rate">Share of positives in the part.</param>
/// <param name="Lift"><paramref name="Rate"/> over the rate of all rows.</param>
/// <param name="CapturedShare">Share of all positives in this part and those before it.</param>
/// <param name="CumulativeLift">Lift of this part and those before it together.</param>
public readonly record struct LiftRow(int Part, int Rows, double Rate, double Lift, double CapturedShare, double CumulativeLift);
