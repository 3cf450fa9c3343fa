namespace WinBack.Trees.Metrics;

/// <summary>One point of a curve, see <see cref="ScoreCurves"/>.</summary>
public readonly record struct CurvePoint(double X, double Y);
