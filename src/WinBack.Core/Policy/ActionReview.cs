namespace WinBack.Core.Policy;

/// <summary>
/// Collects what the rules say about one action: every rejection, and from when until when it would pass by time alone.
/// All rules are asked even after the first rejection, because the first instant at which the action is eligible is
/// that at which the last of them passes.
/// </summary>
internal sealed class ActionReview(ActionModel action, List<Rejection> rejections)
{
    private readonly int _before = rejections.Count;
    private DateTimeOffset _opens = DateTimeOffset.MinValue;

    internal bool IsRejected => rejections.Count > _before;

    /// <summary>The first instant at which a rule turns the action down by time alone; null for never.</summary>
    internal DateTimeOffset? CloseTime { get; private set; }

    /// <summary>The window that the action keeps to; null when its channel is always open.</summary>
    internal SendWindow? Window { get; private set; }

    /// <summary>The first instant at which all rules pass by time alone; null when there is none.</summary>
    internal DateTimeOffset? EligibleTime
    {
        get
        {
            if (_opens == DateTimeOffset.MaxValue) return null;
            // A window opens again and again: what counts is its first opening after the last of the other rules passes.
            DateTimeOffset? time = SendWindow.NextOpen(Window, CapTime.ToWholeMillisecond(_opens));
            return time >= CloseTime ? null : time;
        }
    }

    /// <param name="eligibleTime">When the rule passes by time alone; null for never.</param>
    internal void Reject(
        EligibilityStage stage, string rule, string observed, string threshold, DateTimeOffset? eligibleTime = null)
    {
        rejections.Add(new Rejection(action.Name, action.Channel, stage, rule, observed, threshold, eligibleTime));
        WaitsFor(eligibleTime ?? DateTimeOffset.MaxValue);
    }

    /// <summary>Whatever the rules say, nothing comes of the action before this instant.</summary>
    internal void WaitsFor(DateTimeOffset time)
    {
        if (time > _opens) _opens = time;
    }

    /// <summary>Whatever the other rules say, the action waits for this window.</summary>
    internal void KeepsTo(SendWindow window) => Window = window;

    /// <summary>A rule stops passing at this instant.</summary>
    internal void ClosesAt(DateTimeOffset time)
    {
        if (!(CloseTime <= time)) CloseTime = time;
    }
}
