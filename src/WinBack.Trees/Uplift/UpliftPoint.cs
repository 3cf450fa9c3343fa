namespace WinBack.Trees.Uplift;

/// <summary>One point of an <see cref="UpliftCurve"/>.</summary>
/// <param name="Share">Of the rows that are treated, 0 to 1.</param>
/// <param name="Gain">Outcomes gained per row of the population.</param>
public readonly record struct UpliftPoint(double Share, double Gain);
