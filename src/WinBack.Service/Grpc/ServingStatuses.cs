using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace WinBack.Service.Grpc;

/// <summary>
/// The health of each service, as the host's readiness checks set it and the health service tells it. The empty name
/// is the server as a whole, and NOT_SERVING until the host says otherwise.
/// </summary>
/// <remarks>
/// One immutable snapshot, swapped under a lock together with the signal that wakes watchers; readers take no lock.
/// A watcher sees the newest status and may miss one that was replaced at once, as the protocol allows.
/// </remarks>
internal sealed class ServingStatuses
{
    /// <summary>The name under which the server as a whole is listed.</summary>
    public const string WholeServer = "";

    private readonly Lock writing = new();
    private volatile Snapshot current = new(
        ImmutableDictionary<string, ServingStatus>.Empty.Add(WholeServer, ServingStatus.NotServing), IsFinal: false);

    /// <summary>Every known service with its status.</summary>
    public ImmutableDictionary<string, ServingStatus> All => current.Statuses;

    /// <summary>Sets the status of one service. Ignored once the server shuts down.</summary>
    public void Set(string service, ServingStatus status)
    {
        lock (writing)
        {
            if (!current.IsFinal && (!current.Statuses.TryGetValue(service, out var before) || before != status))
                Swap(new Snapshot(current.Statuses.SetItem(service, status), IsFinal: false));
        }
    }

    /// <summary>Sets every service to NOT_SERVING for good and ends all watches, so that clients go elsewhere in time.</summary>
    public void ShutDown()
    {
        lock (writing)
        {
            if (!current.IsFinal)
                Swap(new Snapshot(
                    current.Statuses.Keys.ToImmutableDictionary(service => service, _ => ServingStatus.NotServing),
                    IsFinal: true));
        }
    }

    /// <summary>The status of this service now and after each change; SERVICE_UNKNOWN while it is not known. Ends at shutdown.</summary>
    public async IAsyncEnumerable<ServingStatus> WatchAsync(
        string service, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ServingStatus? told = null;
        while (true)
        {
            var seen = current;
            var status = seen.Statuses.GetValueOrDefault(service, ServingStatus.ServiceUnknown);
            if (status != told)
            {
                told = status;
                yield return status;
            }

            if (seen.IsFinal) yield break;
            await seen.Replaced.Task.WaitAsync(cancellationToken);
        }
    }

    private void Swap(Snapshot next)
    {
        var old = current;
        current = next;
        old.Replaced.SetResult();
    }

    private sealed record Snapshot(ImmutableDictionary<string, ServingStatus> Statuses, bool IsFinal)
    {
        /// <summary>Completes when a newer snapshot is there. Watchers go on outside the lock.</summary>
        public TaskCompletionSource Replaced { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
