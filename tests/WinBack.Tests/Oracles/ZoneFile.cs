using System.Buffers.Binary;

namespace WinBack.Tests.Oracles;

/// <summary>
/// One file of the system's time zone database (TZif, RFC 8536), read as it stands: when the offset changes, and to what.
/// Shares no code with TimeZoneInfo, which makes rules of it.
/// </summary>
internal sealed class ZoneFile
{
    private const int HeaderLength = 44;
    private readonly List<(long FromSeconds, int OffsetSeconds)> _offsets = [];

    private ZoneFile(string name, byte[] bytes)
    {
        Name = name;
        // The first block has times of 32 bits; the second one, of 64 bits, begins where it ends.
        int second = HeaderLength + Length(bytes, 0, timeBytes: 4);
        int times = Number(bytes, second + 32), types = Number(bytes, second + 36);
        int at = second + HeaderLength, kinds = at + (times * 8), table = kinds + times;
        _offsets.Add((long.MinValue, Number(bytes, table)));
        for (int i = 0; i < times; i++)
            _offsets.Add((BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(at + (i * 8))), Number(bytes, table + (6 * bytes[kinds + i]))));
        HasRule = System.Text.Encoding.ASCII.GetString(bytes.AsSpan(second + HeaderLength + Length(bytes, second, timeBytes: 8))).Contains(',');
        Assert.True(types > 0);
    }

    internal string Name { get; }

    /// <summary>Whether later changes follow a rule that this reader does not know.</summary>
    internal bool HasRule { get; }

    /// <summary>Whether all changes before an instant are listed.</summary>
    internal bool Covers(DateTimeOffset end) => !HasRule || _offsets[^1].FromSeconds >= end.ToUnixTimeSeconds();

    /// <summary>All zones of this machine; of those with the same bytes, one.</summary>
    internal static List<ZoneFile> ReadAll()
    {
        var zones = new List<ZoneFile>();
        var seen = new HashSet<string>();
        string folder = Environment.GetEnvironmentVariable("TZDIR") ?? "/usr/share/zoneinfo";
        if (!Directory.Exists(folder)) return zones;
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string name = Path.GetRelativePath(folder, path);
            byte[] bytes = File.ReadAllBytes(path);
            // posix/ repeats all names, and right/ counts leap seconds.
            if (!char.IsUpper(name[0]) || bytes.Length < HeaderLength || !bytes.AsSpan().StartsWith("TZif"u8)) continue;
            if (seen.Add(Convert.ToBase64String(bytes))) zones.Add(new ZoneFile(name, bytes));
        }

        return zones;
    }

    /// <summary>Offsets from an instant on, each with its first second.</summary>
    internal IEnumerable<(DateTimeOffset From, TimeSpan Offset)> OffsetsFrom(DateTimeOffset start)
    {
        int first = _offsets.FindLastIndex(o => o.FromSeconds <= start.ToUnixTimeSeconds());
        yield return (start, TimeSpan.FromSeconds(_offsets[first].OffsetSeconds));
        foreach ((long from, int offset) in _offsets.Skip(first + 1))
            yield return (DateTimeOffset.FromUnixTimeSeconds(from), TimeSpan.FromSeconds(offset));
    }

    private static int Length(byte[] bytes, int header, int timeBytes) =>
        Number(bytes, header + 20) + Number(bytes, header + 24) + (Number(bytes, header + 28) * (timeBytes + 4))
        + (Number(bytes, header + 32) * (timeBytes + 1)) + (Number(bytes, header + 36) * 6) + Number(bytes, header + 40);

    private static int Number(byte[] bytes, int at) => BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
}
