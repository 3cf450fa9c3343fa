namespace WinBack.Core.Policy;

/// <summary>An action that the rules turn down now and let pass later by time alone, as far as caps allow it then.</summary>
/// <param name="OpenTime">UTC.</param>
/// <param name="CloseTime">The first instant (UTC) at which a rule turns it down again; null for never.</param>
/// <param name="Window">The window that the action keeps to; null when its channel is always open.</param>
public sealed record UpcomingAction(
    string Action, DateTimeOffset OpenTime, DateTimeOffset? CloseTime, IReadOnlyList<CapUse> Caps, SendWindow? Window);
