using NBomber.Contracts;

namespace WinBack.Load.Runs;

/// <summary>One kind of operation, and when it is started.</summary>
/// <param name="Name">Unique within a scenario.</param>
/// <param name="Iterate">One iteration; an RpcException counts as a failure with its status.</param>
/// <param name="Operations">Decisions or events of one iteration.</param>
internal sealed record Flow(string Name, Func<IScenarioContext, Task<IResponse>> Iterate, LoadSimulation[] Shape, int Operations = 1);
