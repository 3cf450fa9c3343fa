using System.Buffers.Binary;
using System.Numerics;

namespace System.IO.Hashing;

/// <summary>The 64-bit XXH3 hash. Written from the published algorithm description (xxHash, doc/xxhash_spec.md).</summary>
/// <remarks>
/// Five ways by length: up to 16 bytes a few words mixed, up to 240 bytes a sum of 16-byte mixes, and above that
/// eight 64-bit lanes over stripes of 64 bytes, scrambled after every 1024 bytes. Plain scalar code: the client hashes
/// only values that it compares by digest.
/// </remarks>
public static class XxHash3
{
    private const int StripeBytes = 64;
    private const int StripesPerBlock = (XxHash3Secret.Length - StripeBytes) / 8;
    private const int Lanes = 8;

    private const ulong Prime32_1 = 0x9E3779B1;
    private const ulong Prime32_2 = 0x85EBCA77;
    private const ulong Prime32_3 = 0xC2B2AE3D;
    private const ulong Prime64_1 = 0x9E3779B185EBCA87;
    private const ulong Prime64_2 = 0xC2B2AE3D27D4EB4F;
    private const ulong Prime64_3 = 0x165667B19E3779F9;
    private const ulong Prime64_4 = 0x85EBCA77C2B2AE63;
    private const ulong Prime64_5 = 0x27D4EB2F165667C5;
    private const ulong PrimeMx1 = 0x165667919E3779F9;
    private const ulong PrimeMx2 = 0x9FB21C651E98DF25;

    /// <summary>Hashes <paramref name="source"/> with <paramref name="seed"/>.</summary>
    public static ulong HashToUInt64(ReadOnlySpan<byte> source, long seed = 0)
    {
        ulong unsignedSeed = (ulong)seed;
        return source.Length switch
        {
            0 => Avalanche64(unsignedSeed ^ Secret(56) ^ Secret(64)),
            <= 3 => Hash1To3(source, unsignedSeed),
            <= 8 => Hash4To8(source, unsignedSeed),
            <= 16 => Hash9To16(source, unsignedSeed),
            <= 128 => Hash17To128(source, unsignedSeed),
            <= 240 => Hash129To240(source, unsignedSeed),
            _ => HashLong(source, unsignedSeed),
        };
    }

    private static ulong Hash1To3(ReadOnlySpan<byte> source, ulong seed)
    {
        uint length = (uint)source.Length;
        uint combined = ((uint)source[0] << 16) | ((uint)source[source.Length >> 1] << 24) | source[^1] | (length << 8);
        ulong flip = (uint)(Secret(0) ^ (Secret(0) >> 32)) + seed;
        return Avalanche64(combined ^ flip);
    }

    private static ulong Hash4To8(ReadOnlySpan<byte> source, ulong seed)
    {
        seed ^= (ulong)BinaryPrimitives.ReverseEndianness((uint)seed) << 32;
        ulong first = Read32(source, 0);
        ulong last = Read32(source, source.Length - 4);
        ulong flip = (Secret(8) ^ Secret(16)) - seed;
        ulong hash = (last + (first << 32)) ^ flip;
        hash ^= BitOperations.RotateLeft(hash, 49) ^ BitOperations.RotateLeft(hash, 24);
        hash *= PrimeMx2;
        hash ^= (hash >> 35) + (ulong)source.Length;
        hash *= PrimeMx2;
        return hash ^ (hash >> 28);
    }

    private static ulong Hash9To16(ReadOnlySpan<byte> source, ulong seed)
    {
        ulong low = Read64(source, 0) ^ ((Secret(24) ^ Secret(32)) + seed);
        ulong high = Read64(source, source.Length - 8) ^ ((Secret(40) ^ Secret(48)) - seed);
        ulong sum = (ulong)source.Length + BinaryPrimitives.ReverseEndianness(low) + high + Fold(low, high);
        return Avalanche3(sum);
    }

    private static ulong Hash17To128(ReadOnlySpan<byte> source, ulong seed)
    {
        ulong sum = (ulong)source.Length * Prime64_1;
        for (int i = (source.Length - 1) / 32; i >= 0; i--)
        {
            sum += Mix16(source, i * 16, i * 32, seed);
            sum += Mix16(source, source.Length - ((i + 1) * 16), (i * 32) + 16, seed);
        }

        return Avalanche3(sum);
    }

    private static ulong Hash129To240(ReadOnlySpan<byte> source, ulong seed)
    {
        const int ShortestSecret = 136;
        ulong sum = (ulong)source.Length * Prime64_1;
        for (int i = 0; i < 8; i++)
        {
            sum += Mix16(source, i * 16, i * 16, seed);
        }

        sum = Avalanche3(sum);
        for (int i = 8; i < source.Length / 16; i++)
        {
            sum += Mix16(source, i * 16, ((i - 8) * 16) + 3, seed);
        }

        sum += Mix16(source, source.Length - 16, ShortestSecret - 17, seed);
        return Avalanche3(sum);
    }

    private static ulong HashLong(ReadOnlySpan<byte> source, ulong seed)
    {
        Span<byte> secret = stackalloc byte[XxHash3Secret.Length];
        for (int i = 0; i < XxHash3Secret.Length; i += 16)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(secret[i..], Secret(i) + seed);
            BinaryPrimitives.WriteUInt64LittleEndian(secret[(i + 8)..], Secret(i + 8) - seed);
        }

        Span<ulong> lanes =
        [
            Prime32_3, Prime64_1, Prime64_2, Prime64_3, Prime64_4, Prime32_2, Prime64_5, Prime32_1,
        ];
        const int BlockBytes = StripeBytes * StripesPerBlock;
        int blocks = (source.Length - 1) / BlockBytes;
        for (int block = 0; block < blocks; block++)
        {
            AccumulateStripes(lanes, source.Slice(block * BlockBytes, BlockBytes), StripesPerBlock, secret);
            Scramble(lanes, secret[^StripeBytes..]);
        }

        ReadOnlySpan<byte> rest = source[(blocks * BlockBytes)..];
        AccumulateStripes(lanes, rest, (rest.Length - 1) / StripeBytes, secret);
        Accumulate(lanes, source[^StripeBytes..], secret[^(StripeBytes + 7)..]);
        return Merge(lanes, secret[11..], (ulong)source.Length * Prime64_1);
    }

    private static void AccumulateStripes(Span<ulong> lanes, ReadOnlySpan<byte> source, int stripes, ReadOnlySpan<byte> secret)
    {
        for (int stripe = 0; stripe < stripes; stripe++)
        {
            Accumulate(lanes, source[(stripe * StripeBytes)..], secret[(stripe * 8)..]);
        }
    }

    private static void Accumulate(Span<ulong> lanes, ReadOnlySpan<byte> stripe, ReadOnlySpan<byte> secret)
    {
        for (int i = 0; i < Lanes; i++)
        {
            ulong value = Read64(stripe, i * 8);
            ulong key = value ^ Read64(secret, i * 8);
            lanes[i ^ 1] += value;
            lanes[i] += (uint)key * (key >> 32);
        }
    }

    private static void Scramble(Span<ulong> lanes, ReadOnlySpan<byte> secret)
    {
        for (int i = 0; i < Lanes; i++)
        {
            ulong lane = lanes[i];
            lanes[i] = (lane ^ (lane >> 47) ^ Read64(secret, i * 8)) * Prime32_1;
        }
    }

    private static ulong Merge(ReadOnlySpan<ulong> lanes, ReadOnlySpan<byte> secret, ulong start)
    {
        ulong sum = start;
        for (int i = 0; i < Lanes; i += 2)
        {
            sum += Fold(lanes[i] ^ Read64(secret, i * 8), lanes[i + 1] ^ Read64(secret, (i + 1) * 8));
        }

        return Avalanche3(sum);
    }

    private static ulong Mix16(ReadOnlySpan<byte> source, int at, int secretAt, ulong seed)
        => Fold(Read64(source, at) ^ (Secret(secretAt) + seed), Read64(source, at + 8) ^ (Secret(secretAt + 8) - seed));

    // The 128-bit product, its halves xored.
    private static ulong Fold(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return low ^ high;
    }

    private static ulong Avalanche3(ulong hash)
    {
        hash = (hash ^ (hash >> 37)) * PrimeMx1;
        return hash ^ (hash >> 32);
    }

    private static ulong Avalanche64(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * Prime64_2;
        hash = (hash ^ (hash >> 29)) * Prime64_3;
        return hash ^ (hash >> 32);
    }

    private static ulong Secret(int at) => Read64(XxHash3Secret.Bytes, at);

    private static ulong Read64(ReadOnlySpan<byte> source, int at) => BinaryPrimitives.ReadUInt64LittleEndian(source[at..]);

    private static ulong Read32(ReadOnlySpan<byte> source, int at) => BinaryPrimitives.ReadUInt32LittleEndian(source[at..]);
}
