using WinBack.Trees.Inputs;

namespace WinBack.Trees.ModelFiles;

/// <summary>One feature of a <see cref="FoldedModel"/>.</summary>
/// <param name="Name">Of the input column.</param>
/// <param name="Column">Index of the input column.</param>
/// <param name="Terms">Where the column is text: its feature is the key of the term, 0 for unknown ones. Null for numbers.</param>
internal sealed record FoldedColumn(string Name, int Column, Vocabulary? Terms);
