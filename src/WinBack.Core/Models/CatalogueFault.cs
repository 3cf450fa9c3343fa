namespace WinBack.Core.Models;

/// <summary>Why a change of the registry is not made.</summary>
public enum CatalogueFault
{
    None,

    /// <summary>Nothing of that name was pushed.</summary>
    UnknownModel,

    /// <summary>The model has no such version.</summary>
    UnknownVersion,

    /// <summary>The version was pushed before, with other bytes.</summary>
    VersionTaken,

    /// <summary>The model has <see cref="ModelRecord.MaxVersions"/>.</summary>
    TooManyVersions,

    /// <summary>No champion came before this one, or it is not the one asked for.</summary>
    NothingToRollBack,

    /// <summary>The version decides already, so it cannot be tried.</summary>
    IsChampion,

    /// <summary>A rollout goes up one step at a time.</summary>
    CanaryStep,

    /// <summary>There is no rollout to end.</summary>
    NoCanary,

    /// <summary>The registry has changed since the caller looked.</summary>
    Changed,
}
