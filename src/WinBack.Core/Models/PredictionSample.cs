namespace WinBack.Core.Models;

/// <summary>What the models said of a customer at one decision, kept until it is known what became true.</summary>
/// <param name="Customer">Of <see cref="SampleDays.KeyOf"/>: which customer it was cannot be read from it.</param>
/// <param name="Time">Of the decision (UTC), to the millisecond.</param>
/// <param name="Silence">Time since the last activity then.</param>
/// <param name="IsContact">The decision was to send something.</param>
/// <param name="Predictions">One a model.</param>
public sealed record PredictionSample(
    ulong Customer, DateTimeOffset Time, TimeSpan Silence, bool IsContact, IReadOnlyList<ServedPrediction> Predictions)
{
    /// <summary>Event time (UTC) of the first activity at or after <see cref="Time"/>; null while none is known.</summary>
    public DateTimeOffset? FirstActivity { get; init; }

    /// <summary>Everything that had arrived of the customer before this instant (UTC) is known here.</summary>
    public DateTimeOffset FoldedUntil { get; init; }
}
