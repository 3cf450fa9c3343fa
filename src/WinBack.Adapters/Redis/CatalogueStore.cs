using System.Security.Cryptography;
using StackExchange.Redis;

namespace WinBack.Adapters.Redis;

/// <summary>
/// What the registries of models and of playbooks have in common: a catalogue, a stamp that stands for it, an entry for
/// every change, and contents that never change, all in one slot. A change is one compare-and-set script on the catalogue.
/// </summary>
/// <remarks>Every call may throw <see cref="StoreUnavailableException"/>, within the time limit.</remarks>
internal sealed class CatalogueStore(IDatabase redis, TimeSpan timeout, RegistryKeys keys)
{
    private const int MaxAttempts = 20;
    private static readonly LuaScript ChangeScript = new("registry");

    /// <summary>Tests put the script without one of its guards here, to see that they then fail.</summary>
    internal LuaScript Script { get; init; } = ChangeScript;

    /// <summary>Tests change the registry here, where the script's comparison has to notice.</summary>
    internal Func<Task> BetweenReadAndChange { get; set; } = () => Task.CompletedTask;

    /// <summary>
    /// Stands for the catalogue: another one has another stamp, also where Redis lost its tail and revisions are given a
    /// second time. One small key, made for being asked often; "" for an empty registry.
    /// </summary>
    internal async Task<string> ReadStampAsync(CancellationToken cancellationToken) =>
        (string?)await Guarded(redis.StringGetAsync(keys.Stamp), cancellationToken).ConfigureAwait(false) ?? "";

    /// <summary>Null for an empty registry.</summary>
    internal async Task<byte[]?> ReadAsync(CancellationToken cancellationToken) =>
        await Guarded(redis.StringGetAsync(keys.Catalogue), cancellationToken).ConfigureAwait(false);

    /// <summary>The latest changes, newest first.</summary>
    /// <param name="before">Revision to start below.</param>
    internal async Task<IReadOnlyList<T>> ReadChangesAsync<T>(long before, int count, CancellationToken cancellationToken)
    {
        RedisKey[] changes = Enumerable.Range(1, count).Select(i => before - i).Where(r => r > 0).Select(keys.Change).ToArray();
        if (changes.Length == 0) return [];
        RedisValue[] values = await Guarded(redis.StringGetAsync(changes), cancellationToken).ConfigureAwait(false);
        return values.Where(v => !v.IsNullOrEmpty).Select(v => RegistryJson.Read<T>((byte[])v!)).ToArray();
    }

    /// <summary>Makes a change on the catalogue found, and again if somebody else was faster.</summary>
    /// <param name="decide">From the catalogue (null for none) to the change; null to make none.</param>
    internal async Task ChangeAsync(Func<byte[]?, PendingChange?> decide, CancellationToken cancellationToken)
    {
        byte[]? held = await ReadAsync(cancellationToken).ConfigureAwait(false);
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (decide(held) is not { } change) return;
            await BetweenReadAndChange().ConfigureAwait(false);
            (bool isWritten, held) = await WriteAsync(held, change, cancellationToken).ConfigureAwait(false);
            if (isWritten) return;
        }

        throw new StoreUnavailableException($"the registry kept changing, {MaxAttempts} times; try again");
    }

    internal Task<T> Guarded<T>(Task<T> call, CancellationToken cancellationToken) => RedisFaults.AwaitAsync(call, timeout, cancellationToken);

    private async Task<(bool IsWritten, byte[]? Found)> WriteAsync(byte[]? held, PendingChange change, CancellationToken cancellationToken)
    {
        List<RedisKey> names = [keys.Catalogue, keys.Stamp, keys.Change(change.Revision)];
        List<RedisValue> values = [held ?? [], change.Catalogue, StampOf(change), change.Entry];
        if (change.Content is var (key, value))
        {
            names.Add(key);
            values.Add(value);
        }

        var answer = (RedisResult[])(await Guarded(Script.RunAsync(redis, [.. names], [.. values]), cancellationToken).ConfigureAwait(false))!;
        return (int)answer[0] switch
        {
            1 => (true, null),
            0 => (false, (byte[]?)(RedisValue)answer[1]),
            _ => throw new RegistryException(
                $"{answer[1]} is written already though the catalogue has not come to it: was the catalogue set back?"),
        };
    }

    private static string StampOf(PendingChange change) =>
        $"{change.Revision}-{Convert.ToHexStringLower(SHA256.HashData(change.Catalogue))[..12]}";
}
