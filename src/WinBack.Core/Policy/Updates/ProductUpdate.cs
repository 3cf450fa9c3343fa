using WinBack.Core.Events;

namespace WinBack.Core.Policy.Updates;

/// <summary>A change of the product that may cure why customers left (rules L6, A6).</summary>
/// <param name="Reasons">The reasons it cures; empty for product_fit alone.</param>
/// <param name="Tags">Features and problems it is about, as customers name them; empty for all who left for the reasons.</param>
/// <param name="PublishTime">UTC; before it nobody knows of it.</param>
/// <param name="ReturnUntil">UTC, end of the free return window; null for none. The same instant for everybody, never extended.</param>
public sealed record ProductUpdate(
    string Id,
    string Title,
    IReadOnlyList<LapseReason> Reasons,
    IReadOnlyList<string> Tags,
    DateTimeOffset PublishTime,
    DateTimeOffset? ReturnUntil)
{
    public bool Cures(LapseReason reason) => Reasons.Count == 0 ? reason == LapseReason.ProductFit : Reasons.Contains(reason);
}
