using StackExchange.Redis;

namespace WinBack.Adapters.Redis;

/// <summary>The next revision of a registry, as it would be stored.</summary>
/// <param name="Entry">The audit entry.</param>
/// <param name="Content">What a version is made of, when one is new.</param>
internal sealed record PendingChange(long Revision, byte[] Catalogue, byte[] Entry, (RedisKey Key, RedisValue Value)? Content);
