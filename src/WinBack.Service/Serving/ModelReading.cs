using WinBack.Core.Models;

namespace WinBack.Service.Serving;

/// <summary>What this node has seen of one model.</summary>
/// <param name="Drift">Of the champion; empty when its manifest has no histograms.</param>
/// <param name="Challenger">Version in the shadow; "" for none.</param>
/// <param name="Shadow">Null exactly without a challenger.</param>
/// <param name="Rollout">Null for none; the others are then null too.</param>
internal sealed record ModelReading(
    string Name,
    string Champion,
    IReadOnlyList<DriftReading> Drift,
    string Challenger,
    ShadowReading? Shadow,
    CanaryRollout? Rollout,
    ArmReading? CanaryArm,
    ArmReading? ChampionArm,
    CanaryVerdict? Verdict);
