namespace WinBack.Trees.ModelFiles;

/// <summary>What scoring showed about a feature that the prediction may follow one way only.</summary>
/// <param name="Feature">Its name.</param>
/// <param name="Direction">+ or -.</param>
/// <param name="Steps">Pairs of neighbouring values tried, over all rows.</param>
/// <param name="Violations">Pairs where the score moved the other way; 0 for a sound model.</param>
public sealed record MonotoneCheck(string Feature, string Direction, int Steps, int Violations);
