using WinBack.Core.Events;

namespace WinBack.Core.Decisions;

/// <summary>
/// What a decision was made from beside the versions that it names: kept with it, so that it can be made again bit for bit.
/// </summary>
/// <param name="Channels">Of the request; empty for all.</param>
public sealed record DecisionInputs(IReadOnlyList<Channel> Channels, SnapshotSource Customer);
