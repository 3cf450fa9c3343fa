namespace WinBack.Trees.ModelFiles;

/// <summary>Some rows of the training data and what they were for.</summary>
/// <param name="Name">learning, validation, purged or test.</param>
/// <param name="Rows">How many.</param>
/// <param name="MeanLabel">Weighted share of label 1, or mean of the labels; null when there are no rows.</param>
public sealed record RowPart(string Name, int Rows, double? MeanLabel);
