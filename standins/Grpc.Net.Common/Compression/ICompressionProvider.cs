using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>One message encoding, named as in the grpc-encoding header.</summary>
public interface ICompressionProvider
{
    string EncodingName { get; }

    /// <summary>A stream that compresses into <paramref name="stream"/> and leaves it open.</summary>
    /// <param name="compressionLevel">Null is the provider's own level.</param>
    Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel);

    /// <summary>A stream that reads <paramref name="stream"/> decompressed and leaves it open.</summary>
    Stream CreateDecompressionStream(Stream stream);
}
