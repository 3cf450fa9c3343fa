namespace WinBack.Trees.Training;

/// <summary>One trial of a search.</summary>
/// <param name="Number">From 1; 1 is the settings as given.</param>
/// <param name="Options">The settings tried.</param>
/// <param name="Result">How they did.</param>
public sealed record SearchTrial(int Number, TrainingOptions Options, CrossValidationResult Result);
