using System.Diagnostics;
using Confluent.Kafka;
using WinBack.Adapters.Tracing;

namespace WinBack.Adapters.Kafka;

/// <summary>
/// Of messages that are sent together: one wait for all of them. A task for each, as ProduceAsync makes, costs as much as the rest of sending one
/// (docs/PERFORMANCE.md).
/// </summary>
internal sealed class DeliveryReports
{
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _missing;
    private Error? _error;

    /// <param name="count">Of the messages.</param>
    internal DeliveryReports(int count)
    {
        _missing = count;
        if (count == 0) _all.SetResult();
    }

    /// <summary>Completes with the last report; fails then with one of the errors, if there was any.</summary>
    /// <exception cref="KafkaException">The brokers do not have all of them.</exception>
    internal Task All => _all.Task;

    /// <summary>Called by the client, on its thread.</summary>
    internal void Take(DeliveryReport<byte[], byte[]> report) => Count(1, report.Error.IsError ? report.Error : null);

    /// <summary>Messages that the client did not take: no report of them will come.</summary>
    internal void Miss(int count, Error error) => Count(count, error);

    /// <summary>The same, of a message whose send is traced.</summary>
    internal Action<DeliveryReport<byte[], byte[]>> TakeAndEnd(Activity span) => report =>
    {
        Spans.EndSend(span, report.Partition.Value, report.Offset.Value, report.Error.IsError ? report.Error.Code.ToString() : null);
        Take(report);
    };

    private void Count(int count, Error? error)
    {
        if (error is not null) Interlocked.CompareExchange(ref _error, error, null);
        if (Interlocked.Add(ref _missing, -count) > 0) return;
        if (_error is { } told) _all.SetException(new KafkaException(told));
        else _all.SetResult();
    }
}
