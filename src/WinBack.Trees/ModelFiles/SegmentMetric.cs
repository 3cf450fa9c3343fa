namespace WinBack.Trees.ModelFiles;

/// <summary>One figure of a model with its interval.</summary>
/// <param name="Part">The rows judged: validation or test.</param>
/// <param name="Segment">Which of them; empty for all.</param>
/// <param name="Rows">How many.</param>
/// <param name="Metric">For instance auc.</param>
/// <param name="Value">On these rows.</param>
/// <param name="Low">Lower end of the 95 % bootstrap interval.</param>
/// <param name="High">Upper end.</param>
public sealed record SegmentMetric(string Part, string Segment, int Rows, string Metric, double Value, double Low, double High);
