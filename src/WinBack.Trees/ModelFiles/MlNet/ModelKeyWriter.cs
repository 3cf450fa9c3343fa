using System.Text;

namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>Writes one Model.key: the 256-byte header, the body, the table of strings, the assembly, the tail.</summary>
/// <remarks>Strings get their numbers in the order in which the body first names them.</remarks>
internal sealed class ModelKeyWriter
{
    private const ulong Magic = 0x4C45444F4D004C4D;
    private const ulong TailMagic = 0x4D4C004D4F44454C;
    private const int HeaderBytes = 0x100;
    private const int HeaderVersion = 0x10002;
    private const string AssemblySuffix = ", Version=1.0.0.0, Culture=neutral, PublicKeyToken=cc7b13ffcd2ddd51";

    private readonly MlNetComponent _component;
    private readonly MemoryStream _bytes = new();
    private readonly List<string> _strings = [];

    public ModelKeyWriter(MlNetComponent component)
    {
        _component = component;
        Body = new BinaryWriter(_bytes);
    }

    public BinaryWriter Body { get; }

    /// <summary>Writes the number of a string, -1 for null.</summary>
    public void Name(string? text)
    {
        int id = text is null ? -1 : _strings.IndexOf(text);
        if (text is not null && id < 0)
        {
            id = _strings.Count;
            _strings.Add(text);
        }

        Body.Write(id);
    }

    public void Array(int[] values)
    {
        Body.Write(values.Length);
        System.Array.ForEach(values, Body.Write);
    }

    public void Array(float[] values)
    {
        Body.Write(values.Length);
        System.Array.ForEach(values, Body.Write);
    }

    public void Array(double[] values)
    {
        Body.Write(values.Length);
        System.Array.ForEach(values, Body.Write);
    }

    public byte[] ToArray()
    {
        Body.Flush();
        byte[] body = _bytes.ToArray();
        long end = 0;
        byte[] ends = _strings.SelectMany(text => BitConverter.GetBytes(end += 2 * text.Length)).ToArray();
        byte[] characters = Encoding.Unicode.GetBytes(string.Concat(_strings));
        byte[] assembly = Encoding.Unicode.GetBytes(_component.Assembly + AssemblySuffix);
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        WriteHeader(writer, body.Length, ends.Length, characters.Length, assembly.Length);
        writer.Write(body);
        writer.Write(ends);
        writer.Write(characters);
        writer.Write(assembly);
        writer.Write(TailMagic);
        return file.ToArray();
    }

    private void WriteHeader(BinaryWriter writer, long body, long ends, long characters, int assembly)
    {
        long atEnds = HeaderBytes + body;
        long atCharacters = atEnds + ends;
        long atAssembly = atCharacters + characters;
        bool hasStrings = ends > 0;
        writer.Write(Magic);
        writer.Write(HeaderVersion);
        writer.Write(HeaderVersion);
        writer.Write((long)HeaderBytes);
        writer.Write(body);
        writer.Write(hasStrings ? atEnds : 0);
        writer.Write(ends);
        writer.Write(hasStrings ? atCharacters : 0);
        writer.Write(characters);
        writer.Write(Encoding.ASCII.GetBytes(_component.Signature.Replace(' ', '\0')));
        writer.Write(_component.Version);
        writer.Write(_component.ReadableVersion);
        writer.Write(Padded(_component.Loader));
        writer.Write(Padded(_component.OldLoader));
        writer.Write(atAssembly + assembly);
        writer.Write(atAssembly + assembly + sizeof(long));
        writer.Write(atAssembly);
        writer.Write(assembly);
        writer.Write(new byte[HeaderBytes - (int)writer.BaseStream.Position]);
    }

    private static byte[] Padded(string name)
    {
        var bytes = new byte[24];
        Encoding.ASCII.GetBytes(name, bytes);
        return bytes;
    }
}
