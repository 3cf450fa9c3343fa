namespace WinBack.Core.Experiments;

/// <summary>The customers of one variant who met an experiment first on one day, at one step of its gate.</summary>
/// <param name="Day">UTC, of the first exposure.</param>
/// <param name="Percent">Step of the gate.</param>
/// <param name="Exposures">Customers.</param>
/// <param name="Successes">Those of them who had a success in time; more may follow while the time is not over.</param>
public readonly record struct ExposureCell(DateOnly Day, int Percent, string Variant, long Exposures, long Successes);
