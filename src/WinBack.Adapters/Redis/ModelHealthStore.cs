using Google.Protobuf;
using StackExchange.Redis;

namespace WinBack.Adapters.Redis;

/// <summary>What service nodes say of the models they serve, for whoever asks any of them, or the command line.</summary>
/// <remarks>Every call may throw <see cref="StoreUnavailableException"/>, within the time limit.</remarks>
public sealed class ModelHealthStore(IDatabase redis, TimeSpan timeout)
{
    /// <summary>A node that has not reported for so long is gone.</summary>
    public static readonly TimeSpan NodeLife = TimeSpan.FromMinutes(1);

    /// <summary>How long what is known of a challenger outlives its last request.</summary>
    private static readonly TimeSpan ShadowLife = TimeSpan.FromDays(90);

    /// <summary>Reports older than this are taken away by the next node that starts.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    public Task ReportAsync(V1.NodeModels report, CancellationToken cancellationToken = default) =>
        Guarded(redis.HashSetAsync(RegistryKeys.Health, report.Node, report.ToByteArray()), cancellationToken);

    /// <summary>A node that stops takes its report with it.</summary>
    public Task WithdrawAsync(string node, CancellationToken cancellationToken = default) =>
        Guarded(redis.HashDeleteAsync(RegistryKeys.Health, node), cancellationToken);

    /// <summary>Nodes heard of lately, by name.</summary>
    /// <param name="now">UTC.</param>
    public async Task<IReadOnlyList<V1.NodeModels>> ReadNodesAsync(DateTimeOffset now, CancellationToken cancellationToken = default) =>
        [
            .. (await ReadAllAsync(cancellationToken).ConfigureAwait(false))
                .Where(node => IsWithin(node, now, NodeLife)).OrderBy(node => node.Node, StringComparer.Ordinal),
        ];

    /// <param name="now">UTC.</param>
    public async Task RemoveGoneAsync(DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        foreach (V1.NodeModels node in await ReadAllAsync(cancellationToken).ConfigureAwait(false))
            if (!IsWithin(node, now, Kept)) await WithdrawAsync(node.Node, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps what a node has seen of a challenger, beyond the node's end: a restart begins a new count beside it.</summary>
    public async Task KeepAsync(string model, string node, V1.ShadowReading reading, CancellationToken cancellationToken = default)
    {
        RedisKey key = RegistryKeys.Shadow(model, reading.Challenger);
        Task<bool> written = redis.HashSetAsync(key, $"{reading.Champion} {node}", reading.ToByteArray());
        Task<bool> expires = redis.KeyExpireAsync(key, ShadowLife);
        await Guarded(written, cancellationToken).ConfigureAwait(false);
        await Guarded(expires, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How a version did in the shadow, summed over the nodes; one for each champion it was compared with.</summary>
    public async Task<IReadOnlyList<V1.ShadowReading>> ReadShadowsAsync(
        string model, string challenger, CancellationToken cancellationToken = default)
    {
        HashEntry[] found = await Guarded(redis.HashGetAllAsync(RegistryKeys.Shadow(model, challenger)), cancellationToken).ConfigureAwait(false);
        return [
            .. found.Select(e => V1.ShadowReading.Parser.ParseFrom((byte[])e.Value!))
                .GroupBy(r => r.Champion, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(ShadowSum.Of),
        ];
    }

    /// <summary>Keeps the latest reading of each model and source.</summary>
    public Task ReportAsync(V1.CalibrationReading reading, CancellationToken cancellationToken = default) => Guarded(
        redis.HashSetAsync(RegistryKeys.Calibration, FieldOf(reading.Model, reading.Source), reading.ToByteArray()), cancellationToken);

    /// <summary>There is nothing to tell any more.</summary>
    public Task WithdrawAsync(string model, V1.CalibrationReading.Types.Source source, CancellationToken cancellationToken = default) =>
        Guarded(redis.HashDeleteAsync(RegistryKeys.Calibration, FieldOf(model, source)), cancellationToken);

    /// <summary>By model, then by source.</summary>
    public async Task<IReadOnlyList<V1.CalibrationReading>> ReadCalibrationsAsync(CancellationToken cancellationToken = default)
    {
        HashEntry[] found = await Guarded(redis.HashGetAllAsync(RegistryKeys.Calibration), cancellationToken).ConfigureAwait(false);
        return [
            .. found.Select(e => V1.CalibrationReading.Parser.ParseFrom((byte[])e.Value!))
                .OrderBy(r => r.Model, StringComparer.Ordinal).ThenBy(r => r.Source),
        ];
    }

    private static string FieldOf(string model, V1.CalibrationReading.Types.Source source) =>
        source == V1.CalibrationReading.Types.Source.Outcomes ? model + " outcomes" : model;

    private async Task<List<V1.NodeModels>> ReadAllAsync(CancellationToken cancellationToken)
    {
        HashEntry[] found = await Guarded(redis.HashGetAllAsync(RegistryKeys.Health), cancellationToken).ConfigureAwait(false);
        return [.. found.Select(e => V1.NodeModels.Parser.ParseFrom((byte[])e.Value!))];
    }

    private static bool IsWithin(V1.NodeModels node, DateTimeOffset now, TimeSpan age) => now - node.ReportTime.ToDateTimeOffset() <= age;

    private Task<T> Guarded<T>(Task<T> call, CancellationToken cancellationToken) => RedisFaults.AwaitAsync(call, timeout, cancellationToken);
}
