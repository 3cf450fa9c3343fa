namespace WinBack.Trees.ModelFiles;

/// <summary>How long one row took where the model was made, distinct rows in turn, one thread.</summary>
/// <param name="MedianNanoseconds">Median over batches of rows, ns a row.</param>
/// <param name="SlowNanoseconds">99th percentile over batches, ns a row.</param>
/// <param name="Rows">Rows scored in all.</param>
/// <param name="Machine">Processor architecture and number of cores.</param>
public sealed record MeasuredLatency(double MedianNanoseconds, double SlowNanoseconds, int Rows, string Machine);
