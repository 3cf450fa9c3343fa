namespace WinBack.Cli.Training;

/// <summary>Which columns of a table are what.</summary>
/// <param name="Time">The as-of time of a row; null takes cut_time when the table has it.</param>
/// <param name="Weight">Null when every row counts once.</param>
/// <param name="LeftOut">No features, besides customer_id.</param>
internal sealed record TableColumns(string Label, string? Time, string? Weight, IReadOnlyList<string> LeftOut)
{
    /// <summary>The text of the label that counts as 1, all other text being 0; null when labels are numbers.</summary>
    internal string? Positive { get; init; }

    /// <summary>Whether labels must be 0 or 1.</summary>
    internal bool IsBinary { get; init; } = true;

    /// <summary>Features without an order. Text becomes the number of its category.</summary>
    internal IReadOnlyList<string> Categorical { get; init; } = [];

    /// <summary>The texts of categories by feature, as a model knows them; a column that is not here makes its own.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<string>> Categories { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Column whose text names the segment of a row; null for none. It may be a feature as well.</summary>
    internal string? Segment { get; init; }
}
