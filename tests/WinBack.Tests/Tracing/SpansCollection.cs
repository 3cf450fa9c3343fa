namespace WinBack.Tests.Tracing;

/// <summary>Listeners are heard by the whole process, so nothing else runs meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SpansCollection
{
    public const string Name = "Spans";
}
