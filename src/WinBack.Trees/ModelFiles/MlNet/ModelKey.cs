using System.Text;

namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>One Model.key of an ML.NET archive: the 256-byte header, the body and the table of strings.</summary>
/// <remarks>Layout: u64 magic "ML\0MODEL", versions, then offsets of body, string ends (i64 each) and UTF-16 characters.</remarks>
internal sealed class ModelKey
{
    private const ulong Magic = 0x4C45444F4D004C4D;
    private const int HeaderBytes = 0x100;
    private const string Fix = "The archive is damaged or was not made by ML.NET: save the model again.";

    private readonly string[] _strings;

    /// <param name="path">Archive and entry, for messages.</param>
    /// <param name="bytes">The whole entry.</param>
    /// <exception cref="ModelFormatException">The header or the string table is damaged.</exception>
    public ModelKey(string path, byte[] bytes)
    {
        Path = path;
        var header = new ByteReader(path, bytes);
        if (bytes.Length < HeaderBytes || (ulong)header.Int64() != Magic)
        {
            throw Fault("This is not an ML.NET model stream (wrong first bytes).");
        }

        header.Take(8);
        long start = header.Int64();
        long length = header.Int64();
        var ends = Slice(bytes, header.Int64(), header.Int64());
        var characters = Slice(bytes, header.Int64(), header.Int64());
        Signature = Encoding.ASCII.GetString(header.Take(8)).Replace('\0', ' ');
        Version = header.Int32();
        Body = new ByteReader(path, Slice(bytes, start, length));
        _strings = ReadStrings(ends, characters.Span);
    }

    public string Path { get; }

    /// <summary>Eight characters, for instance "FTREE BC".</summary>
    public string Signature { get; }

    /// <summary>Version of the body, 0x0001000N.</summary>
    public int Version { get; }

    public ByteReader Body { get; }

    public IReadOnlyList<string> Strings => _strings;

    /// <summary>Reads an i32 from the body and looks the string up.</summary>
    public string Name()
    {
        int id = Body.Int32();
        return id >= 0 && id < _strings.Length ? _strings[id] : throw Fault($"String {id} is not in the table of {_strings.Length}.");
    }

    /// <summary>As <see cref="Name"/>; -1 is null.</summary>
    public string? NameOrNull()
    {
        int id = Body.Int32();
        if (id == -1)
        {
            return null;
        }

        return id >= 0 && id < _strings.Length ? _strings[id] : throw Fault($"String {id} is not in the table of {_strings.Length}.");
    }

    public ModelFormatException Fault(string problem) => new(Path, problem, Fix);

    public ModelFormatException Unsupported() => new(
        Path, $"The ML.NET component '{Signature}' is not supported here.", "Score with a model that does without it, or convert the model.");

    private ReadOnlyMemory<byte> Slice(byte[] bytes, long start, long length)
    {
        if (start < 0 || length < 0 || start > bytes.Length || length > bytes.Length - start)
        {
            throw Fault($"A section of {length} bytes at {start} does not lie in the {bytes.Length} bytes.");
        }

        return bytes.AsMemory((int)start, (int)length);
    }

    private string[] ReadStrings(ReadOnlyMemory<byte> ends, ReadOnlySpan<byte> characters)
    {
        var table = new ByteReader(Path, ends);
        var strings = new string[ends.Length / sizeof(long)];
        long from = 0;
        for (int i = 0; i < strings.Length; i++)
        {
            long to = table.Int64();
            if (to < from || to > characters.Length || to % 2 != 0)
            {
                throw Fault($"String {i} ends at {to}, out of order.");
            }

            strings[i] = Encoding.Unicode.GetString(characters[(int)from..(int)to]);
            from = to;
        }

        return strings;
    }
}
