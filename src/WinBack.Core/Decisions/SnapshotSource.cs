namespace WinBack.Core.Decisions;

/// <summary>What a store gave of a customer, as it keeps it: from it the same snapshot is made again.</summary>
/// <param name="State">The state blob; null when the customer is unknown.</param>
/// <param name="Caps">The touches so far, in the store's own form; empty for none.</param>
public sealed record SnapshotSource(byte[]? State, IReadOnlyList<KeyValuePair<string, string>> Caps)
{
    /// <summary>
    /// What stands against contact before any event carries it, as <see cref="WinBack.Core.State.Suppression"/> writes it;
    /// "" for nothing.
    /// </summary>
    public string Suppression { get; init; } = "";
}
