namespace WinBack.Core.Models;

/// <summary>What the registry holds of one model: its versions, and which of them play which part.</summary>
/// <param name="Champion">The version that decides; "" while it is the one of the service's model folder.</param>
/// <param name="Challenger">The version that scores the same requests in the shadow; "" for none.</param>
/// <param name="Canary">Null while there is no rollout.</param>
/// <param name="PastChampions">Oldest first, at most <see cref="MaxPastChampions"/>: what rollback goes back to.</param>
/// <param name="Versions">In the order they were pushed.</param>
public sealed record ModelRecord(
    string Name,
    string Champion,
    string Challenger,
    CanaryRollout? Canary,
    IReadOnlyList<string> PastChampions,
    IReadOnlyList<ModelVersion> Versions)
{
    public const int MaxPastChampions = 50;

    /// <summary>The catalogue is read and written whole, so it is bounded.</summary>
    public const int MaxVersions = 1_000;

    public static ModelRecord Empty(string name) => new(name, "", "", null, [], []);

    /// <summary>Null when there is none.</summary>
    public ModelVersion? Find(string version) => Versions.FirstOrDefault(v => v.Version == version);
}
