namespace WinBack.Trees.ModelFiles;

/// <summary>The content of manifest.json.</summary>
public sealed record ModelManifest
{
    public const int CurrentFormatVersion = 1;
    public const string TreeEnsembleKind = "tree_ensemble";

    public required int FormatVersion { get; init; }

    /// <summary>Always <see cref="TreeEnsembleKind"/> so far.</summary>
    public required string Kind { get; init; }

    public required ModelCard Card { get; init; }

    /// <summary>In feature-vector order.</summary>
    public required IReadOnlyList<string> FeatureNames { get; init; }

    public required int Trees { get; init; }

    public required int Leaves { get; init; }

    /// <summary>Rows of golden.csv.</summary>
    public required int GoldenRows { get; init; }

    /// <summary>SHA-256 of model.bin, lower-case hex.</summary>
    public required string BinarySha256 { get; init; }
}
