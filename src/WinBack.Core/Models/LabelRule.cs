using System.Globalization;

namespace WinBack.Core.Models;

/// <summary>What label a prediction gets and when, as the model's manifest says its training rows got theirs.</summary>
/// <param name="IsReturn">Label 1 is activity within the horizon; else it is silence.</param>
/// <param name="Horizon">The label looks at decide time &lt;= event time &lt; decide time + horizon.</param>
/// <param name="Lapse">Win-back has rows of customers silent for longer, churn of others; null for all customers.</param>
public sealed record LabelRule(bool IsReturn, TimeSpan Horizon, TimeSpan? Lapse)
{
    private const string HorizonParameter = "horizon_days";
    private const string LapseParameter = "lapse_days";

    /// <param name="model">One of <see cref="ServedNames"/>.</param>
    /// <param name="parameters">Of the manifest's card.</param>
    /// <returns>Null when the manifest names no horizon: nobody knows then when a label is due.</returns>
    public static LabelRule? Of(string model, IReadOnlyDictionary<string, string> parameters) =>
        Days(parameters, HorizonParameter) is { } horizon
            ? new LabelRule(model == ServedNames.WinBack, horizon, Days(parameters, LapseParameter))
            : null;

    /// <summary>Whether the model was made from rows like this one; what it says of others is not meant.</summary>
    public bool Includes(PredictionSample sample) =>
        Lapse is not { } lapse || (IsReturn ? sample.Silence > lapse : sample.Silence <= lapse);

    public bool LabelOf(PredictionSample sample)
    {
        bool isActive = sample.FirstActivity < sample.Time + Horizon;
        return IsReturn == isActive;
    }

    private static TimeSpan? Days(IReadOnlyDictionary<string, string> parameters, string name) =>
        double.TryParse(parameters.GetValueOrDefault(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double days) && days > 0
            ? TimeSpan.FromDays(days)
            : null;
}
