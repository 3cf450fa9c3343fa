namespace WinBack.Trees.ModelFiles.Xgboost;

/// <summary>A value of an XGBoost document, the same for JSON and UBJ.</summary>
internal sealed class XgboostValue
{
    public static readonly XgboostValue Empty = new();

    /// <summary>Members of an object; null for other kinds.</summary>
    public Dictionary<string, XgboostValue>? Members { get; init; }

    /// <summary>Elements of an array that holds anything but numbers.</summary>
    public IReadOnlyList<XgboostValue>? Items { get; init; }

    /// <summary>An array of numbers; booleans count as 0 and 1. Also set, with one element, for a single number.</summary>
    public double[]? Numbers { get; init; }

    public string? Text { get; init; }
}
