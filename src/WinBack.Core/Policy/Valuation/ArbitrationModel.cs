namespace WinBack.Core.Policy.Valuation;

/// <summary>Validated <see cref="ArbitrationConfig"/>.</summary>
public sealed record ArbitrationModel(ArbitrationPreset Preset, double Propensity, double Value, double Context, double Levers)
{
    public static ArbitrationModel Default { get; } = new(ArbitrationPreset.IncrementalValue, 1, 1, 1, 1);

    internal static ArbitrationModel Of(ArbitrationConfig config) => new(
        Names.TryParse(config.Preset, out ArbitrationPreset preset)
            ? preset
            : throw new InvalidOperationException($"'{config.Preset}' passed validation"),
        config.Propensity, config.Value, config.Context, config.Levers);

    internal static void Check(ArbitrationConfig config, FieldChecks check)
    {
        check.OneOf<ArbitrationPreset>("arbitration.preset", config.Preset);
        foreach ((string field, double exponent) in new[]
        {
            ("propensity", config.Propensity), ("value", config.Value), ("context", config.Context), ("levers", config.Levers),
        })
            check.Range("arbitration." + field, exponent, 0, 3, "", "V1");
    }

    /// <param name="terms">With the priority still open.</param>
    /// <param name="with">Probability of a return with contact.</param>
    internal double Priority(in ValueTerms terms, double with)
    {
        double weight = Power(terms.Context, Context) * Power(terms.Lever, Levers);
        if (Preset == ArbitrationPreset.Pcvl) return Power(with, Propensity) * Power(terms.Value, Value) * weight;
        double gain = Power(with - terms.ReturnWithout, Propensity) * Power(terms.Value, Value);
        return (gain - terms.CostWith(with)) * weight;
    }

    /// <summary>Keeps the sign: what contact takes away stays taken away.</summary>
    private static double Power(double number, double exponent) =>
        exponent == 1 ? number : Math.CopySign(Math.Pow(Math.Abs(number), exponent), number);
}
