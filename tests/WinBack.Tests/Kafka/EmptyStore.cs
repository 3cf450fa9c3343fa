using System.Reflection;
using StackExchange.Redis;
using WinBack.Adapters.Kafka;
using WinBack.Adapters.Redis;

namespace WinBack.Tests.Kafka;

/// <summary>A Redis database that holds nothing; it can only be read by MGET.</summary>
public class EmptyStore : DispatchProxy
{
    internal static StateCache Cache() =>
        new(new PartitionStore(Create<IDatabase, EmptyStore>(), new PartitionKeys(0)), maxStates: 1_000);

    protected override object Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod?.Name == nameof(IDatabaseAsync.StringGetAsync) && args?[0] is RedisKey[] keys
            ? Task.FromResult(new RedisValue[keys.Length])
            : throw new NotSupportedException($"{targetMethod?.Name} on an empty store");
}
