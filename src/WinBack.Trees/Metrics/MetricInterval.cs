namespace WinBack.Trees.Metrics;

/// <summary>A figure with how sure it is.</summary>
/// <param name="Name">As in <see cref="ModelMetrics.Figures"/>.</param>
/// <param name="Value">On the rows as they are.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end.</param>
public sealed record MetricInterval(string Name, double Value, double Low, double High);
