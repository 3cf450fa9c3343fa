namespace WinBack.Core.Features;

/// <summary>The windows that counters are summed over; see <see cref="FeatureContext"/> for their exact bounds.</summary>
public enum FeatureWindow
{
    Days7 = 0,
    Days30 = 1,
    Days90 = 2,

    /// <summary>The 90 days before <see cref="Days90"/>.</summary>
    PriorDays90 = 3,
    Days365 = 4,
}
