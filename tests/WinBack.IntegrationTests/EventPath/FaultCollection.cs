namespace WinBack.IntegrationTests.EventPath;

/// <summary>Fault tests run one after another and beside nothing else: each starts a handful of processes.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FaultCollection
{
    internal const string Name = "Faults";
}
