using System.Buffers.Binary;
using ZstdSharp;

namespace WinBack.Adapters.Redis;

/// <summary>
/// Decisions as Redis keeps them: Zstandard frames (RFC 8878) made with a dictionary of the words that every decision is full of.
/// They are a tenth to two fifths as long, and most of what a stored decision costs is its bytes (docs/PERFORMANCE.md). What was written
/// before there was a dictionary is read as it stands.
/// </summary>
/// <remarks>
/// A frame names its dictionary. A later one gets a number of its own and stands beside this one for as long as decisions are kept
/// that were made with it; scripts/train-dictionary.sh makes them. `zstd -d -D decisions.zdict` unpacks a frame.
/// </remarks>
internal static class DecisionPacking
{
    /// <summary>The fastest level that looks for matches in all of the dictionary; the next ones gain a thirtieth.</summary>
    private const int Level = 1;

    /// <summary>The bytes of a frame begin with it, which those of a Decision never do (little-endian).</summary>
    private const uint Magic = 0xFD2FB528;

    /// <summary>A thousand times what a decision has; bounds what a damaged frame can ask for.</summary>
    private const int MaxLength = 4 << 20;

    private static readonly byte[] Dictionary = Load();

    // Neither may be used by two threads at once, and both take longer to make than to use.
    [ThreadStatic]
    private static Compressor? s_compressor;
    [ThreadStatic]
    private static Decompressor? s_decompressor;
    [ThreadStatic]
    private static byte[]? s_frame;

    internal static byte[] Pack(ReadOnlySpan<byte> decision)
    {
        if (s_compressor is not { } compressor)
        {
            s_compressor = compressor = new Compressor(Level);
            compressor.LoadDictionary(Dictionary);
        }

        int bound = Compressor.GetCompressBound(decision.Length);
        if (s_frame is not { } frame || frame.Length < bound) s_frame = frame = new byte[bound];
        return frame[..compressor.Wrap(decision, frame)];
    }

    /// <exception cref="InvalidDataException">The frame is damaged, or was made with a dictionary of a newer version.</exception>
    internal static byte[] Unpack(byte[] stored)
    {
        if (stored.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32LittleEndian(stored) != Magic) return stored;
        if (s_decompressor is not { } decompressor)
        {
            s_decompressor = decompressor = new Decompressor();
            decompressor.LoadDictionary(Dictionary);
        }

        try
        {
            ulong length = Decompressor.GetDecompressedSize(stored);
            if (length > MaxLength) throw new InvalidDataException($"a stored decision says that it has {length} bytes");
            var decision = new byte[length];
            return decompressor.Unwrap(stored, decision) == decision.Length
                ? decision
                : throw new InvalidDataException("a stored decision is shorter than it says");
        }
        catch (ZstdException e)
        {
            throw new InvalidDataException($"a stored decision of {stored.Length} bytes cannot be unpacked: {e.Message}", e);
        }
    }

    private static byte[] Load()
    {
        using Stream stream = typeof(DecisionPacking).Assembly.GetManifestResourceStream("WinBack.Adapters.Redis.decisions.zdict")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
