namespace WinBack.Core.Policy;

/// <summary>What a channel's send window says to one customer at one instant.</summary>
/// <param name="Observed">The local time; "" while it is open.</param>
/// <param name="Threshold">When the channel is open; "" while it is.</param>
/// <param name="OpenTime">The first instant (UTC) at which it is open; null when it is open, or never will be.</param>
internal sealed record WindowVerdict(SendWindow Window, bool IsOpen, string Observed, string Threshold, DateTimeOffset? OpenTime);
