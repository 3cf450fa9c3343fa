using System.Buffers.Binary;
using System.Text;

namespace WinBack.Core.Events;

/// <summary>
/// The partition of a customer: murmur2 of the key, as the Java client does it and as librdkafka calls
/// `murmur2_random`. librdkafka's own default is another hash, so producers must be told.
/// </summary>
public static class CustomerPartition
{
    /// <param name="partitionCount">At least 1.</param>
    public static int Of(CustomerId customer, int partitionCount)
    {
        Span<byte> key = stackalloc byte[256];
        int length = Encoding.UTF8.GetByteCount(customer.Value);
        if (length > key.Length) key = new byte[length];
        Encoding.UTF8.GetBytes(customer.Value, key);
        return Of(key[..length], partitionCount);
    }

    public static int Of(ReadOnlySpan<byte> key, int partitionCount) =>
        (int)((Murmur2(key) & 0x7fffffff) % (uint)partitionCount);

    private static uint Murmur2(ReadOnlySpan<byte> key)
    {
        const uint m = 0x5bd1e995;
        uint h = 0x9747b28c ^ (uint)key.Length;
        int i = 0;
        for (; i + 4 <= key.Length; i += 4)
        {
            uint k = BinaryPrimitives.ReadUInt32LittleEndian(key[i..]) * m;
            h = (h * m) ^ ((k ^ (k >> 24)) * m);
        }

        for (int rest = key.Length - 1; rest >= i; rest--) h ^= (uint)key[rest] << (8 * (rest - i));
        if (i < key.Length) h *= m;
        h = (h ^ (h >> 13)) * m;
        return h ^ (h >> 15);
    }
}
