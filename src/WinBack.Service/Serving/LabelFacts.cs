using WinBack.Core.Models;

namespace WinBack.Service.Serving;

/// <summary>What the manifest of a version says of labels.</summary>
/// <param name="Rule">Null when it names no horizon.</param>
/// <param name="ReferenceError">ECE; NaN when it has none.</param>
internal sealed record LabelFacts(LabelRule? Rule, double ReferenceError)
{
    internal static LabelFacts None { get; } = new(null, double.NaN);
}
