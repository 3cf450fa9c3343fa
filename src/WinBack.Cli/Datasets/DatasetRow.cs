namespace WinBack.Cli.Datasets;

/// <summary>One row of a training table.</summary>
/// <param name="Features">Shape [F], in schema order; missing is NaN.</param>
internal sealed record DatasetRow(string Customer, DateTimeOffset Cut, float[] Features, bool Label);
