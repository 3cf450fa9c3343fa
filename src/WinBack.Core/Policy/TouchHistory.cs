namespace WinBack.Core.Policy;

/// <summary>
/// The marketing touches of the current sequence that were sent, oldest first. Touches that are only reserved are not
/// among them: an opener that is never sent must not open the way for a discount (rules S2).
/// </summary>
/// <param name="SentByKey">Of all lists of the ledger: what is more than reserved, oldest first.</param>
public sealed record TouchHistory(
    IReadOnlyList<DateTimeOffset> SentTimes, IReadOnlyDictionary<string, IReadOnlyList<DateTimeOffset>> SentByKey)
{
    public static TouchHistory None { get; } = new([]);

    /// <summary>Without named sequences.</summary>
    public TouchHistory(IReadOnlyList<DateTimeOffset> sentTimes)
        : this(sentTimes, new Dictionary<string, IReadOnlyList<DateTimeOffset>>())
    {
    }
}
