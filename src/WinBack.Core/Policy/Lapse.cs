using WinBack.Core.Events;
using WinBack.Core.State;

namespace WinBack.Core.Policy;

/// <summary>
/// Whether and since when a customer is lapsed (rules L4): a cancelled account from the cancellation on, any other
/// customer when silent for longer than the threshold of its product category.
/// </summary>
/// <param name="QuietSince">The last activity, or signing up when there was none; null when neither is known.</param>
/// <param name="Since">The instant of the lapse, in the future for a customer who is not lapsed; null when it never comes.</param>
/// <param name="Threshold">The silence that makes a lapse.</param>
public sealed record Lapse(DateTimeOffset? QuietSince, DateTimeOffset? Since, TimeSpan Threshold, bool IsCancelled, bool IsLapsed)
{
    private static readonly Instant[] OwnActivities =
    [
        Instant.LastLogin, Instant.LastUse, Instant.LastPurchase, Instant.LastView, Instant.LastCart, Instant.LastSupportOpened,
        Instant.LastReactivated,
    ];

    public static Lapse Of(CustomerState state, PlaybookModel playbook, DateTimeOffset asOf)
    {
        TimeSpan threshold = ThresholdOf(state, playbook);
        DateTimeOffset? quiet = LastActivity(state) ?? Time(state, Instant.SignedUp);
        if (IsGone(state) && Time(state, Instant.LastCancelled) is { } cancelled)
            return new Lapse(quiet ?? cancelled, cancelled, threshold, IsCancelled: true, cancelled <= asOf);
        DateTimeOffset? since = quiet + threshold;
        return new Lapse(quiet, since, threshold, IsCancelled: false, since <= asOf);
    }

    /// <summary>
    /// But for answers to what we sent: they are no return (rules S3), and who is asked why must be lapsed still when the
    /// answer is acted on (rules A5).
    /// </summary>
    private static DateTimeOffset? LastActivity(CustomerState state)
    {
        if (state.Instants[Instant.LastActivity] is not { } activity || state.Instants[Instant.LastResponse] != activity)
            return Time(state, Instant.LastActivity);
        DateTimeOffset? last = null;
        foreach (Instant instant in OwnActivities)
            if (Time(state, instant) is { } time && !(last >= time)) last = time;
        return last ?? Time(state, Instant.LastActivity);
    }

    /// <summary>Cancelled, and not come back since.</summary>
    private static bool IsGone(CustomerState state) =>
        state.Facts.Number(Fact.Lifecycle) == (long)LifecycleKind.Cancelled
        && !(state.Instants[Instant.LastReengaged] > state.Instants[Instant.LastCancelled]);

    private static TimeSpan ThresholdOf(CustomerState state, PlaybookModel playbook) =>
        (state.Facts.Text(Fact.Category) ?? state.Facts.Text(Fact.LastCategoryBought)) is { } category
        && playbook.LapseThresholdByCategory.TryGetValue(category, out TimeSpan threshold)
            ? threshold
            : playbook.LapseThreshold;

    private static DateTimeOffset? Time(CustomerState state, Instant instant) =>
        state.Instants[instant] is { } timeMs ? DateTimeOffset.FromUnixTimeMilliseconds(timeMs) : null;
}
