namespace WinBack.Trees.Inputs;

/// <summary>One column that a model expects from outside, before its own preparation steps.</summary>
/// <param name="Name">As the model's source names it.</param>
/// <param name="IsText">Whether the column holds text (the model looks it up in a vocabulary); else numbers.</param>
public sealed record InputColumn(string Name, bool IsText);
