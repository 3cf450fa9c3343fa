namespace WinBack.Service.Serving;

/// <summary>Which change of the registry this node has followed, and what it would not serve.</summary>
/// <param name="FromFolder">The models whose champion is the one of the model folder.</param>
internal sealed record ServingReport(long Revision, IReadOnlyList<string> FromFolder, IReadOnlyList<RefusedModel> Refused)
{
    internal static ServingReport Empty { get; } = new(0, [], []);
}
