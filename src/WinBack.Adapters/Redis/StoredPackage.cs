using Google.Protobuf;
using StackExchange.Redis;
using WinBack.Trees.ModelFiles;

namespace WinBack.Adapters.Redis;

/// <summary>A model package as one value of Redis.</summary>
internal static class StoredPackage
{
    /// <summary>A package comes in pieces of this size, so that nothing else on the connection waits long behind one.</summary>
    private const int PieceBytes = 1 << 18;

    internal static byte[] Write(ModelPackage package) => new V1.ModelArtifact
    {
        Manifest = UnsafeByteOperations.UnsafeWrap(package.Manifest),
        Binary = UnsafeByteOperations.UnsafeWrap(package.Binary),
        GoldenRows = UnsafeByteOperations.UnsafeWrap(package.GoldenRows),
    }.ToByteArray();

    /// <exception cref="RegistryException">It is no package.</exception>
    internal static ModelPackage Parse(string source, byte[] bytes)
    {
        try
        {
            V1.ModelArtifact artifact = V1.ModelArtifact.Parser.ParseFrom(bytes);
            return new ModelPackage(source, artifact.Manifest.ToByteArray(), artifact.Binary.ToByteArray(), artifact.GoldenRows.ToByteArray());
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new RegistryException($"{source}: the package cannot be read: {e.Message}", e);
        }
    }

    /// <param name="guarded">Sets the time limit of one command.</param>
    /// <exception cref="RegistryException">There is no such key, or it is larger than any package.</exception>
    internal static async Task<byte[]> ReadBytesAsync(IDatabase redis, RedisKey key, Func<Task<RedisValue>, Task<RedisValue>> guarded)
    {
        using var bytes = new MemoryStream();
        while (true)
        {
            Task<RedisValue> next = redis.StringGetRangeAsync(key, bytes.Length, bytes.Length + PieceBytes - 1);
            byte[] piece = (byte[]?)await guarded(next).ConfigureAwait(false) ?? [];
            bytes.Write(piece);
            if (bytes.Length > ModelRegistry.MaxPackageBytes + PieceBytes) throw new RegistryException($"{key} is larger than any package");
            if (piece.Length < PieceBytes) break;
        }

        return bytes.Length > 0 ? bytes.ToArray() : throw new RegistryException($"the package {key} is gone");
    }
}
