namespace WinBack.Trees.Uplift;

/// <summary>The content of uplift.json: how the models of the folder belong together.</summary>
public sealed record UpliftManifest
{
    public const int CurrentFormatVersion = 1;

    public required int FormatVersion { get; init; }

    public required MetaLearner Learner { get; init; }

    /// <summary>The control first; the outcome model of arm k is in the folder outcome-k.</summary>
    public required IReadOnlyList<string> Arms { get; init; }

    /// <summary>By arm but the control: the models whose weighted predictions sum to its effect.</summary>
    public required IReadOnlyList<IReadOnlyList<UpliftManifestPart>> Effects { get; init; }
}
