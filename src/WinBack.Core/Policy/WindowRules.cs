using System.Globalization;

namespace WinBack.Core.Policy;

/// <summary>Quiet hours and allowed weekdays by the customer's own clock (rules C4). Transactional actions are exempt (C5).</summary>
internal static class WindowRules
{
    internal static void Judge(ActionModel action, PolicyContext c, ActionReview review)
    {
        if (action.IsTransactional || c.WindowOf(action.Channel) is not { } verdict) return;
        review.KeepsTo(verdict.Window);
        if (!verdict.IsOpen)
            review.Reject(EligibilityStage.Window, "C4", verdict.Observed, verdict.Threshold, verdict.OpenTime);
    }

    internal static WindowVerdict Verdict(ChannelSchedule channel, PolicyContext c)
    {
        TimeZoneInfo? known = TimeZones.Find(c.State.Facts.Text(State.Fact.TimeZone));
        var window = new SendWindow(channel.Schedule, known is null ? c.Playbook.SendWindows.ZonesWhenUnknown : [known])
        {
            BindsConfirm = c.Playbook.SendWindows.BindsConfirm,
        };
        if (window.FirstClosed(c.AsOf) is not { } closed) return new WindowVerdict(window, IsOpen: true, "", "", OpenTime: null);
        DateTimeOffset local = c.AsOf.ToOffset(closed.GetUtcOffset(c.AsOf));
        return new WindowVerdict(
            window,
            IsOpen: false,
            local.ToString("dddd HH:mm", CultureInfo.InvariantCulture) + " in " + closed.Id + (known is null ? ", assumed" : ""),
            channel.Text,
            window.NextOpen(c.AsOf));
    }
}
