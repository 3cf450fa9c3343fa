using WinBack.Core.Decisions;
using WinBack.Core.Policy;
using WinBack.Core.State;

namespace WinBack.Service.Serving;

/// <summary>A request that was scored, for whoever looks on. What it refers to is not changed any more.</summary>
/// <param name="Arm">See <see cref="ServingModels.ArmOf"/>.</param>
/// <param name="HasFailed">The canary failed, and <paramref name="Scores"/> are the champion's.</param>
/// <param name="Scoring">How long scoring took; zero outside of a rollout, where it is not measured.</param>
internal readonly record struct ScoredRequest(
    ServingModels Models, int Arm, bool HasFailed, Scores Scores, float[] Features, CustomerState State, TimeSpan Scoring);
