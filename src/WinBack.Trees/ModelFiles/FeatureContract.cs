namespace WinBack.Trees.ModelFiles;

/// <summary>What a model expects of one feature.</summary>
public sealed record FeatureContract
{
    public const string Number = "number";
    public const string Category = "category";

    public required string Name { get; init; }

    /// <summary><see cref="Number"/> or <see cref="Category"/>.</summary>
    public required string Type { get; init; }

    /// <summary>For instance days, count, ratio; empty when the table did not say.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Whether missing values (NaN) were seen; either way they may come, and go the way that training learned.</summary>
    public bool SeenMissing { get; init; }

    /// <summary>Smallest and largest value seen in training; null when there was none, or for categories.</summary>
    public double? Least { get; init; }

    /// <inheritdoc cref="Least"/>
    public double? Most { get; init; }

    /// <summary>
    /// Text categories: the value is the place of the text here, from 0, and -1 for any other text. Empty for numbers and for
    /// categories that are numbers themselves.
    /// </summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>+ or - when the prediction was held to rise or fall with it; else empty.</summary>
    public string Monotone { get; init; } = "";
}
