namespace WinBack.Core.Policy;

/// <summary>When a channel is open.</summary>
/// <param name="Text">For answers: "08:00-20:00 on monday, tuesday".</param>
public sealed record ChannelSchedule(WeekSchedule Schedule, string Text);
