using System.Buffers.Binary;
using System.Security.Cryptography;

namespace WinBack.Trees.ModelFiles;

/// <summary>The three files of a model directory as bytes, unchecked: what is sent, stored and told apart by content.</summary>
/// <param name="Source">Where they are from, for messages: a folder, or a key.</param>
/// <param name="Manifest">manifest.json.</param>
/// <param name="Binary">model.bin.</param>
/// <param name="GoldenRows">golden.csv.</param>
public sealed record ModelPackage(string Source, byte[] Manifest, byte[] Binary, byte[] GoldenRows)
{
    /// <summary>In bytes.</summary>
    public long Size => (long)Manifest.Length + Binary.Length + GoldenRows.Length;

    /// <summary>SHA-256 over the three files, each after its length (i64, little-endian); lower-case hex.</summary>
    public string ComputeSha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(long)];
        foreach (byte[] file in (byte[][])[Manifest, Binary, GoldenRows])
        {
            BinaryPrimitives.WriteInt64LittleEndian(length, file.Length);
            hash.AppendData(length);
            hash.AppendData(file);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
