using NBomber.Contracts;

namespace WinBack.Load.Runs;

/// <summary>Flows that run side by side for a while. Parts of a scenario run one after the other.</summary>
/// <param name="Flows">The first one is what is measured and what the count bounds; the others go on beside it.</param>
/// <param name="Peer">Name of the flow that the rate is put in relation to, of a part before; "" for none.</param>
/// <param name="IsPeer">There to be compared with: shorter, and left out with --no-peers.</param>
internal sealed record LoadPart(IReadOnlyList<Flow> Flows, string Peer = "", bool IsPeer = false)
{
    /// <summary>What is left to do or to measure when the part has ended; null for nothing.</summary>
    internal Func<LoadRow, Task>? After { get; init; }

    internal Flow Measured => Flows[0];

    /// <summary>
    /// Whether as many callers as there are copies warm it up, whatever the rate. A service that is still compiling falls behind a rate
    /// and then spends its time on refusing calls instead of getting warm.
    /// </summary>
    internal bool IsWarmedByCallers { get; init; }

    internal static LoadPart Of(
        string name, Func<IScenarioContext, Task<IResponse>> iterate, LoadSimulation shape, int operations = 1, string peer = "",
        bool isPeer = false) => new([new Flow(name, iterate, [shape], operations)], peer, isPeer) { IsWarmedByCallers = true };
}
