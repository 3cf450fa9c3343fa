using WinBack.Service.Serving;

namespace WinBack.Service.Hosting.Conditions;

/// <summary>
/// There is one to serve. That the registry names another one which this node refuses is no reason to be out: the last good one
/// serves, as it does on all nodes of the same program, and an alert tells.
/// </summary>
internal sealed class Loaded<T>(string name, Live<T> live) : IReadinessCondition
    where T : class
{
    public string Name => name;

    public Task<string?> MissingAsync(CancellationToken stop) => Task.FromResult(live.IsEmpty ? $"no {name} loaded" : null);
}
