namespace WinBack.Trees.Training;

/// <summary>One part of a cross-validation: rows to learn from and rows to judge on.</summary>
/// <param name="Learning">Row numbers, ascending.</param>
/// <param name="Validation">Row numbers, ascending; all later than any row of <paramref name="Learning"/> when there are times.</param>
/// <param name="From">Time of the earliest validation row; null when rows have no times.</param>
public sealed record ValidationFold(IReadOnlyList<int> Learning, IReadOnlyList<int> Validation, DateTimeOffset? From);
