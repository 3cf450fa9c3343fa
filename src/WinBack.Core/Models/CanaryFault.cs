namespace WinBack.Core.Models;

/// <summary>Why a rollout is ended by itself.</summary>
public enum CanaryFault
{
    None,

    /// <summary>Scoring failed on too many requests.</summary>
    Errors,

    /// <summary>Scoring takes much longer than the champion's.</summary>
    Latency,

    /// <summary>It says something else of the same kind of customers.</summary>
    ScoreDrift,
}
