using System.IO.Compression;
using WinBack.Trees.ModelFiles.LightGbm;
using WinBack.Trees.ModelFiles.MlNet;
using WinBack.Trees.ModelFiles.Onnx;
using WinBack.Trees.ModelFiles.Xgboost;

namespace WinBack.Trees.ModelFiles;

/// <summary>Opens a model of any known format; the content decides, not the name.</summary>
public static class ModelReader
{
    private const long MaxFileBytes = 512L << 20;

    private static ReadOnlySpan<byte> GzipMagic => [0x1F, 0x8B];

    /// <param name="path">A model directory of ours, or a file.</param>
    /// <param name="expectedSchemaHash">Checked against the manifest of our own format; null skips the check.</param>
    /// <exception cref="ModelFormatException">The format is unknown, or the model is damaged or does not fit.</exception>
    public static TreeModel Open(string path, string? expectedSchemaHash = null)
    {
        if (Directory.Exists(path))
        {
            return ModelDirectory.Load(path, expectedSchemaHash);
        }

        if (Path.GetFileName(path) == ModelDirectory.ManifestFile)
        {
            return ModelDirectory.Load(Path.GetDirectoryName(Path.GetFullPath(path))!, expectedSchemaHash);
        }

        return Read(path, ReadBounded(path));
    }

    /// <summary>Reads a model file of another tool from memory.</summary>
    /// <param name="name">For messages.</param>
    /// <param name="bytes">The whole file; gzip is unpacked.</param>
    /// <exception cref="ModelFormatException">The format is unknown, or the model is damaged.</exception>
    public static TreeModel Read(string name, byte[] bytes)
    {
        bytes = Unpack(name, bytes);
        return Sniff(bytes) switch
        {
            ModelFormat.MlNet => MlNetReader.Read(name, bytes),
            ModelFormat.XgboostJson => XgboostReader.ReadJson(name, bytes),
            ModelFormat.XgboostUbj => XgboostReader.ReadUbj(name, bytes),
            ModelFormat.LightGbm => LightGbmReader.Read(name, bytes),
            ModelFormat.Onnx => OnnxReader.Read(name, bytes),
            _ => throw new ModelFormatException(
                name,
                "The format is not known.",
                "Known are a model directory (with manifest.json), ML.NET .zip, LightGBM text, XGBoost JSON and UBJ, ONNX."),
        };
    }

    private static ModelFormat? Sniff(ReadOnlySpan<byte> bytes)
    {
        var text = bytes.TrimStart(" \t\r\n"u8);
        if (bytes.StartsWith("PK\x03\x04"u8))
        {
            return ModelFormat.MlNet;
        }

        if (text.StartsWith("tree\n"u8) || text.StartsWith("tree\r\n"u8))
        {
            return ModelFormat.LightGbm;
        }

        if (text.StartsWith("{"u8))
        {
            // In UBJ a name follows as marker and length; in JSON a quote, maybe after spaces.
            var inside = text[1..].TrimStart(" \t\r\n"u8);
            return inside.StartsWith("\""u8) || inside.StartsWith("}"u8) ? ModelFormat.XgboostJson : ModelFormat.XgboostUbj;
        }

        // An ONNX file is a protobuf message; the first field in every writer's order is the version, a small number.
        return bytes.Length > 2 && bytes[0] == 0x08 && bytes[1] < 0x80 ? ModelFormat.Onnx : null;
    }

    /// <summary>Unpacks gzip, within the limit.</summary>
    private static byte[] Unpack(string name, byte[] bytes)
    {
        if (!bytes.AsSpan().StartsWith(GzipMagic))
        {
            return bytes;
        }

        try
        {
            using var source = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var target = new MemoryStream();
            var buffer = new byte[65536];
            for (int read = source.Read(buffer); read > 0; read = source.Read(buffer))
            {
                target.Write(buffer, 0, read);
                if (target.Length > MaxFileBytes)
                {
                    throw new ModelFormatException(name, $"Unpacked it has more than {MaxFileBytes} bytes.", "Is this the right file?");
                }
            }

            return target.ToArray();
        }
        catch (InvalidDataException e)
        {
            throw new ModelFormatException(name, $"The gzip data is damaged: {e.Message}", "Pack the model again.", e);
        }
    }

    private static byte[] ReadBounded(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new ModelFormatException(path, "No model is there.", "Give a model directory (it holds manifest.json) or a model file.");
        }

        return file.Length <= MaxFileBytes
            ? File.ReadAllBytes(path)
            : throw new ModelFormatException(path, $"{file.Length} bytes are more than the {MaxFileBytes} allowed.", "Is this the right file?");
    }
}
