using WinBack.Core.Events;
using WinBack.Core.State;

namespace WinBack.Core.Policy;

/// <summary>What a customer is worth after a return.</summary>
/// <param name="Yearly">Expected margin of a year, in units of the currency (see <see cref="ValueConfig"/>).</param>
/// <param name="Order">Value of one order, or of one month's fee, in units of the currency; 0 when not known.</param>
/// <param name="Tier">As the profile says, else by <paramref name="Yearly"/> (rules L3).</param>
public readonly record struct CustomerValue(double Yearly, double Order, ValueTier Tier)
{
    /// <param name="features">In the order of the schema that the playbook was validated with; missing is NaN.</param>
    public static CustomerValue Of(ValueModel model, CustomerState state, float[] features)
    {
        double order = Feature(features, model.OrderValueIndex);
        double month = Feature(features, model.MonthlyPriceIndex);
        double revenue = (order * Feature(features, model.OrdersPerYearIndex)) + (12 * month);
        double yearly = Math.Clamp(revenue * model.Margin, model.Floor, model.Ceiling);
        var tier = (ValueTier)(state.Facts.Number(Fact.ValueTier) ?? 0);
        if (tier == ValueTier.None)
            tier = yearly >= model.HighTierFrom ? ValueTier.High : yearly >= model.MidTierFrom ? ValueTier.Mid : ValueTier.Low;
        return new CustomerValue(yearly, order > 0 ? order : month, tier);
    }

    /// <summary>0 when there is no such feature or it is missing.</summary>
    private static double Feature(float[] features, int index) =>
        index >= 0 && features[index] is var value && float.IsFinite(value) && value > 0 ? value : 0;
}
