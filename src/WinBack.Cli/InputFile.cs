using System.IO.Compression;
using System.Security.Cryptography;

namespace WinBack.Cli;

/// <summary>A file to read, unpacked on the way when it is gzip (told by its first bytes, not by its name).</summary>
internal sealed class InputFile : IDisposable
{
    private readonly FileStream _file;

    private InputFile(string path, FileStream file)
    {
        Path = path;
        _file = file;
        bool isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        Stream = isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    internal string Path { get; }

    internal Stream Stream { get; }

    /// <summary>Bytes on disk.</summary>
    internal long Length => _file.Length;

    /// <summary>Bytes taken from disk so far.</summary>
    internal long BytesRead => _file.Position;

    /// <param name="argument">The option that named the file; for messages.</param>
    /// <exception cref="BadInputException">It cannot be opened.</exception>
    internal static InputFile Open(string path, string argument)
    {
        try
        {
            return new InputFile(path, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadInputException($"{argument} {path} cannot be read: {cause.Message}", cause);
        }
    }

    /// <summary>Of the file as it lies on disk; lower-case hex.</summary>
    internal static string Sha256Of(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    public void Dispose()
    {
        Stream.Dispose();
        _file.Dispose();
    }
}
