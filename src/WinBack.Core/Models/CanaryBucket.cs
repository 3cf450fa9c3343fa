using System.Security.Cryptography;
using System.Text;
using WinBack.Core.Events;

namespace WinBack.Core.Models;

/// <summary>
/// Which customers a rollout reaches: a stable hash of the customer, salted by rollout. Whoever is reached at one share is
/// reached at every larger one, on every node and after every restart.
/// </summary>
public static class CanaryBucket
{
    private const int Buckets = 10_000;
    private const int BucketsPerPercent = Buckets / 100;
    private const int StackBytes = 256;

    public static bool Reaches(CanaryRollout rollout, CustomerId customer) =>
        Of(rollout.Salt, customer) < rollout.Percent * BucketsPerPercent;

    /// <summary>0 to 9,999, evenly.</summary>
    internal static int Of(string salt, CustomerId customer)
    {
        int length = Encoding.UTF8.GetMaxByteCount(salt.Length + 1 + customer.Value.Length);
        Span<byte> text = length <= StackBytes ? stackalloc byte[StackBytes] : new byte[length];
        int used = Encoding.UTF8.GetBytes(salt, text);
        text[used++] = (byte)'/';
        used += Encoding.UTF8.GetBytes(customer.Value, text[used..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..used], hash);
        return (int)(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(hash) % Buckets);
    }
}
