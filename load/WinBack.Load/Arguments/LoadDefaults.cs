namespace WinBack.Load.Arguments;

/// <summary>What a scenario does where the command line says nothing.</summary>
/// <param name="For">How long the measured part lasts.</param>
/// <param name="Copies">Callers of the closed loop; 0 when the scenario is always an open loop.</param>
/// <param name="Rate">Operations a second; null for a closed loop.</param>
/// <param name="Size">Operations of one call or chunk; 0 when the scenario has none.</param>
/// <param name="Count">Operations after which a part ends.</param>
internal sealed record LoadDefaults(
    TimeSpan For, int Copies = 0, int? Rate = null, int Size = 0, int Customers = 20_000, int Count = 100_000_000, int Rounds = 1)
{
    internal TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Whether <see cref="Rate"/> is of what goes on beside <see cref="Copies"/>, so that both may be given.</summary>
    internal bool IsRateBeside { get; init; }

    /// <summary>Whether events are sent, so that a running service is only of use with its Kafka.</summary>
    internal bool NeedsKafka { get; init; }

    /// <summary>Whether a running service can be loaded; otherwise the scenario always starts what it measures.</summary>
    internal bool TakesAddress { get; init; } = true;
}
