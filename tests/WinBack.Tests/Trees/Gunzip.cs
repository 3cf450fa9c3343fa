using System.IO.Compression;

namespace WinBack.Tests.Trees;

internal static class Gunzip
{
    public static byte[] File(string path)
    {
        using var source = new GZipStream(System.IO.File.OpenRead(path), CompressionMode.Decompress);
        using var target = new MemoryStream();
        source.CopyTo(target);
        return target.ToArray();
    }
}
