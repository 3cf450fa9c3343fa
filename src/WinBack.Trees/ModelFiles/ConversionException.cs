namespace WinBack.Trees.ModelFiles;

/// <summary>A model has something that the target format cannot express exactly; the message names it.</summary>
public sealed class ConversionException(string target, string problem)
    : Exception($"This model cannot be written as {target}: {problem}.");
