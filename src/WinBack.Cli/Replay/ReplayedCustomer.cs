namespace WinBack.Cli.Replay;

/// <summary>One customer at the end of a replay.</summary>
/// <param name="Blob">The state as it would lie in Redis.</param>
/// <param name="StateHash">First 8 bytes of SHA-256 of the blob, hex: as decisions carry it.</param>
/// <param name="ChurnProbability">Null without models.</param>
/// <param name="WinBackProbability">Null without models.</param>
internal sealed record ReplayedCustomer(
    string Customer, byte[] Blob, string StateHash, double? ChurnProbability, double? WinBackProbability);
