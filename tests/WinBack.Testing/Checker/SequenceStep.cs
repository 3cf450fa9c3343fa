namespace WinBack.Testing.Checker;

/// <summary>The place of an action in a named sequence.</summary>
/// <param name="Index">From 0.</param>
/// <param name="At">From the first touch on.</param>
/// <param name="Length">Of the sequence.</param>
public sealed record SequenceStep(string Sequence, int Index, TimeSpan At, TimeSpan Length);
