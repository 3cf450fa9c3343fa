namespace WinBack.Core.Experiments;

/// <summary>How a variant does.</summary>
/// <param name="Exposures">Customers who met the experiment in it.</param>
/// <param name="Matured">Those whose time for a success is over: only they are compared.</param>
/// <param name="Successes">Of the matured.</param>
/// <param name="Difference">Of the success rate to that of the control; unknown for the control itself.</param>
public sealed record VariantReading(string Name, long Exposures, long Matured, long Successes, ConfidenceBounds Difference);
