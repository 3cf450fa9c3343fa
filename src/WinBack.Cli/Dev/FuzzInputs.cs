using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using WinBack.Trees.ModelFiles;

namespace WinBack.Cli.Dev;

/// <summary>The n-th damaged input of a format, from seed and n alone, and how it is read.</summary>
internal sealed class FuzzInputs
{
    private readonly string _format;
    private readonly int _seed;
    private readonly IReadOnlyList<byte[]> _good;
    private readonly ModelPackage? _package;

    /// <param name="format">One of <see cref="FuzzSamples.Formats"/>.</param>
    /// <param name="seed">Makes another series of inputs.</param>
    /// <param name="files">Good files to damage beside the built-in ones.</param>
    /// <exception cref="BadInputException">One of the files is no model.</exception>
    internal FuzzInputs(string format, int seed, IReadOnlyList<byte[]> files)
    {
        (_format, _seed) = (format, seed);
        _good = format == "winback" ? [] : [.. FuzzSamples.Of(format), .. files];
        _package = format == "winback" ? OwnPackage() : null;
        foreach (byte[] file in _good)
        {
            try
            {
                ModelReader.Read("good file", file);
            }
            catch (ModelFormatException broken)
            {
                throw new BadInputException(broken.Message, broken);
            }
        }
    }

    /// <summary>Damages and reads; the model that comes out of it, if one does, scores a row.</summary>
    /// <returns>Whether it was still a model; otherwise it was refused as it must be.</returns>
    internal bool Try(long number)
    {
        // Neighbouring numbers must not make neighbouring series, so the two are hashed together.
        byte[] hash = SHA256.HashData(Encoding.ASCII.GetBytes($"{_seed}:{number}"));
        var random = new Random(BitConverter.ToInt32(hash));
        try
        {
            Score(_package is null ? ModelReader.Read("fuzz", Damaged(random)) : ReadOwn(random), random);
            return true;
        }
        catch (ModelFormatException)
        {
            return false;
        }
    }

    private byte[] Damaged(Random random)
    {
        byte[] good = _good[random.Next(_good.Count)];
        if (_format == "mlnet" && random.Next(8) > 0) return WithOneDamagedEntry(good, random);
        return random.Next(50) == 0 ? InputMutation.Of(Packed(good), random) : InputMutation.Of(good, random);
    }

    private TreeModel ReadOwn(Random random)
    {
        ModelPackage good = _package!;
        byte[] binary = random.Next(3) > 0 ? InputMutation.Of(good.Binary, random) : good.Binary;
        byte[] manifest = random.Next(4) == 0 ? InputMutation.Of(good.Manifest, random) : good.Manifest;
        byte[] golden = random.Next(4) == 0 ? InputMutation.Of(good.GoldenRows, random) : good.GoldenRows;

        // The right hash, or nothing behind the check of the hash would ever be reached.
        string text = Encoding.UTF8.GetString(manifest).Replace(
            Convert.ToHexStringLower(SHA256.HashData(good.Binary)), Convert.ToHexStringLower(SHA256.HashData(binary)), StringComparison.Ordinal);
        return ModelDirectory.Load(new ModelPackage("fuzz", Encoding.UTF8.GetBytes(text), binary, golden));
    }

    private static ModelPackage OwnPackage()
    {
        string folder = Directory.CreateTempSubdirectory("winback-fuzz-").FullName;
        try
        {
            TreeModel model = FuzzSamples.Own();
            var card = new ModelCard { Name = "fuzz", LabelDefinition = "none", FeatureSchemaHash = "", CreatedTime = default };
            ModelDirectory.Save(Path.Combine(folder, "own"), model.Ensemble, card, new SampleRows(model).Features(3, seed: 1));
            return ModelDirectory.Read(Path.Combine(folder, "own"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return target.ToArray();
    }

    /// <summary>Damage to the packed bytes seldom gets past the unpacking, so one entry is damaged before it is packed again.</summary>
    private static byte[] WithOneDamagedEntry(byte[] archive, Random random)
    {
        using var source = new ZipArchive(new MemoryStream(archive));
        using var target = new MemoryStream();
        int chosen = random.Next(source.Entries.Count);
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (int i = 0; i < source.Entries.Count; i++)
            {
                using var memory = new MemoryStream();
                using (Stream from = source.Entries[i].Open()) from.CopyTo(memory);
                using Stream to = zip.CreateEntry(source.Entries[i].FullName, CompressionLevel.NoCompression).Open();
                to.Write(i == chosen ? InputMutation.Of(memory.ToArray(), random) : memory.ToArray());
            }
        }

        return target.ToArray();
    }

    /// <summary>A model that was accepted must answer, whatever it answers.</summary>
    private static void Score(TreeModel model, Random random)
    {
        float[] numbers = model.Columns.Select(_ => random.Next(3) == 0 ? float.NaN : random.NextSingle() * 4).ToArray();
        float[] features = new float[model.FeatureNames.Count];
        model.Prepare(numbers, new string?[numbers.Length], features);
        model.Predict(features, new double[model.Ensemble.OutputCount]);
        model.Leaves(features, new int[model.Ensemble.Trees.Count]);
    }
}
