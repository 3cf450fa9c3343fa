namespace WinBack.Core.Outcomes;

/// <summary>A mean reward a decision, with its 95 % interval.</summary>
public readonly record struct PolicyEstimate(double Value, double Lower, double Upper)
{
    private const double Quantile = 1.959964;

    /// <param name="standardError">Of the value; the interval is the normal one.</param>
    internal static PolicyEstimate Normal(double value, double standardError) =>
        new(value, value - (Quantile * standardError), value + (Quantile * standardError));

    public bool Contains(double value) => value >= Lower && value <= Upper;
}
