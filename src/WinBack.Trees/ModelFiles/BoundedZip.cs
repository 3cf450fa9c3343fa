using System.IO.Compression;

namespace WinBack.Trees.ModelFiles;

/// <summary>A zip archive that may be hostile, read into memory on demand.</summary>
/// <remarks>
/// Nothing is extracted to disk, so entry names cannot lead anywhere; both path separators are accepted. The unpacked bytes
/// over all reads are bounded, whatever sizes the archive claims (zip bombs).
/// </remarks>
internal sealed class BoundedZip
{
    private const int MaxEntries = 20_000;
    private const string Fix = "The archive is damaged or was not made by ML.NET: save the model again.";

    private readonly string _file;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private long _unpackedLeft;

    private BoundedZip(string file, ZipArchive archive, long maxUnpackedBytes)
    {
        _file = file;
        _unpackedLeft = maxUnpackedBytes;
        if (archive.Entries.Count > MaxEntries)
        {
            throw new ModelFormatException(file, $"{archive.Entries.Count} entries are more than {MaxEntries}.", Fix);
        }

        foreach (var entry in archive.Entries)
        {
            if (!_entries.TryAdd(entry.FullName.Replace('\\', '/'), entry))
            {
                throw new ModelFormatException(file, $"The entry {entry.FullName} is there twice.", Fix);
            }
        }
    }

    public IEnumerable<string> Names => _entries.Keys;

    public static BoundedZip Open(string file, byte[] bytes, long maxUnpackedBytes)
    {
        try
        {
            return new BoundedZip(file, new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read), maxUnpackedBytes);
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new ModelFormatException(file, $"Not a readable zip archive: {e.Message}", Fix, e);
        }
    }

    public bool Has(string name) => _entries.ContainsKey(name);

    public byte[] Read(string name)
    {
        if (!_entries.TryGetValue(name, out var entry))
        {
            throw new ModelFormatException(_file, $"The entry {name} is missing.", Fix);
        }

        try
        {
            using var source = entry.Open();
            using var target = new MemoryStream();
            Copy(source, target, name);
            return target.ToArray();
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new ModelFormatException(_file, $"The entry {name} cannot be unpacked: {e.Message}", Fix, e);
        }
    }

    private void Copy(Stream source, MemoryStream target, string name)
    {
        var buffer = new byte[16384];
        for (int read = source.Read(buffer); read > 0; read = source.Read(buffer))
        {
            _unpackedLeft -= read;
            if (_unpackedLeft < 0)
            {
                throw new ModelFormatException(_file, $"Unpacking {name} passes the limit for one model.", "Is this the right file?");
            }

            target.Write(buffer, 0, read);
        }
    }

    /// <summary>What the framework throws on damaged archives; anything else is a bug and must surface.</summary>
    private static bool IsDamage(Exception e) =>
        e is InvalidDataException or IOException or ArgumentException or NotSupportedException or OverflowException;
}
