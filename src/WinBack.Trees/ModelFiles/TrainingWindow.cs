namespace WinBack.Trees.ModelFiles;

/// <summary>The time that the rows of a model are from. All UTC.</summary>
/// <param name="First">As-of time of the earliest row.</param>
/// <param name="Last">As-of time of the latest row.</param>
/// <param name="ValidFrom">Rows from here on validated.</param>
/// <param name="HorizonDays">How far after its time a row's label looks.</param>
/// <param name="Cuts">The as-of times, when there are at most 200 of them; else empty.</param>
public sealed record TrainingWindow(
    DateTimeOffset First, DateTimeOffset Last, DateTimeOffset ValidFrom, double HorizonDays, IReadOnlyList<DateTimeOffset> Cuts);
