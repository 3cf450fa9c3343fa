using System.Text;
using WinBack.Trees.Inputs;

namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>A data view without rows in ML.NET's binary format: how its archives say which columns there are.</summary>
/// <remarks>
/// 256-byte header: "CML\0DVB\0", two versions, offset of the table of contents, of the tail, rows, columns. A column: name, codec,
/// compression, rows a block (LEB128), offset of its blocks, offset of its metadata (0: none). Tail "\0BVD\0LMC".
/// </remarks>
internal static class MlNetSchema
{
    private const ulong Magic = 0x00425644004C4D43;
    private const ulong TailMagic = 0x434D4C0044564200;
    private const ulong Version = 0x0001000100010006;
    private const int HeaderBytes = 256;
    private const byte Deflate = 1;
    private const byte RowsPerBlock = 1;

    /// <param name="columns">Numbers and texts.</param>
    /// <param name="vector">Name of a vector of floats behind them; null for none.</param>
    /// <param name="length">Its length.</param>
    public static byte[] Write(IEnumerable<InputColumn> columns, string? vector = null, int length = 0)
    {
        using var contents = new MemoryStream();
        using var writer = new BinaryWriter(contents);
        int count = 0;
        foreach (var column in columns)
        {
            count++;
            writer.Write(column.Name);
            MlNetCodec.Write(writer, column.IsText ? "TextSpan" : "Single", []);
            WriteEnd(writer);
        }

        if (vector is not null)
        {
            count++;
            writer.Write(vector);
            MlNetCodec.WriteVector(writer, length);
            WriteEnd(writer);
        }

        writer.Flush();
        return WithHeader(contents.ToArray(), count);
    }

    private static void WriteEnd(BinaryWriter writer)
    {
        writer.Write(Deflate);
        writer.Write(RowsPerBlock);
        writer.Write((long)HeaderBytes);
        writer.Write(0L);
    }

    private static byte[] WithHeader(byte[] contents, int columns)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(Version);
        writer.Write((long)HeaderBytes);
        writer.Write((long)(HeaderBytes + contents.Length));
        writer.Write(0L);
        writer.Write(columns);
        writer.Write(new byte[HeaderBytes - (int)file.Position]);
        writer.Write(contents);
        writer.Write(TailMagic);
        return file.ToArray();
    }
}
