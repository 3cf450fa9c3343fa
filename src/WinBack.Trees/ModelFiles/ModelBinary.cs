using System.Text;
using WinBack.Trees.Ensemble;
using WinBack.Trees.Inputs;

namespace WinBack.Trees.ModelFiles;

/// <summary>The layout of model.bin, versions 1 and 2. Everything is little-endian; nothing is aligned.</summary>
/// <remarks>
/// <code>
/// 8 bytes  "WBTREES\0"
/// i32      version: 1 without inputs, 2 with
/// i32      features F;  F x { u16 length, UTF-8 name }
/// i32      outputs K;   K x f64 base score
/// f64      divisor
/// u8       score precision (0 double, 1 single, 2 single sums)
/// u8       link kind, then: 0 identity; 1 logistic: f64 slope, f64 offset; 2 exponential; 3 softmax;
///          4 piecewise: 3 x { i32 count, f32... } (minima, maxima, values); 5 binned: f32 min, f32 width, { i32 count, f32... };
///          6 one versus all: u8 normalises, i32 count, links
/// i32      trees T;     T x tree
/// tree:    i32 nodes N; i32 output; u8 extras (1 gains, 2 node weights, 4 leaf weights, 8 leaf ids)
///          N x { i32 feature, f32 threshold, i32 set, i32 left, i32 right, u8 kind, u8 flags (1 missing left, 2 zero missing) }
///          (N + 1) x f64 leaf value
///          [N x f32 gain] [N x f32 node weight] [(N + 1) x f32 leaf weight] [(N + 1) x i32 leaf id]
///          i32 sets S;  S x { i32 count, count x f32 }
/// inputs (version 2), see <see cref="InputCodec"/>
/// </code>
/// </remarks>
internal static class ModelBinary
{
    private const int WithoutInputs = 1;
    private const int WithInputs = 2;
    private static ReadOnlySpan<byte> Magic => "WBTREES\0"u8;

    /// <param name="ensemble">The trees.</param>
    /// <param name="inputs">The preparation that came with them; null where rows are feature vectors.</param>
    public static byte[] Write(TreeEnsemble ensemble, InputMap? inputs = null)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Magic);
        writer.Write(inputs is null ? WithoutInputs : WithInputs);
        writer.Write(ensemble.FeatureCount);
        foreach (string name in ensemble.FeatureNames)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(name);
            writer.Write(checked((ushort)utf8.Length));
            writer.Write(utf8);
        }

        writer.Write(ensemble.OutputCount);
        foreach (double score in ensemble.BaseScores)
        {
            writer.Write(score);
        }

        writer.Write(ensemble.Divisor);
        writer.Write((byte)ensemble.Precision);
        LinkCodec.Write(writer, ensemble.Link);
        writer.Write(ensemble.Trees.Count);
        foreach (var tree in ensemble.Trees)
        {
            TreeCodec.Write(writer, tree);
        }

        if (inputs is not null)
        {
            InputCodec.Write(writer, inputs);
        }

        return stream.ToArray();
    }

    /// <exception cref="ModelFormatException">The bytes are not a valid model.</exception>
    public static (TreeEnsemble Ensemble, InputMap? Inputs) Read(string file, ReadOnlyMemory<byte> bytes)
    {
        var reader = new ByteReader(file, bytes);
        if (!reader.Take(Magic.Length).SequenceEqual(Magic))
        {
            throw reader.Fault("This is not a WinBack model binary (wrong first bytes).");
        }

        int version = reader.Int32();
        if (version is not (WithoutInputs or WithInputs))
        {
            throw new ModelFormatException(
                file, $"Format version {version} is unknown, {WithInputs} is the newest.", "Update the program that reads it.");
        }

        var names = new string[reader.Count("features", sizeof(ushort))];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = reader.Text();
        }

        double[] baseScores = reader.Doubles(reader.Count("outputs", sizeof(double)));
        double divisor = reader.Double();
        var precision = (ScorePrecision)reader.Byte();
        var link = LinkCodec.Read(reader);
        var trees = new Tree[reader.Count("trees", 4 + 4 + 1 + 8 + 4)];
        for (int t = 0; t < trees.Length; t++)
        {
            trees[t] = TreeCodec.Read(reader);
        }

        var inputs = version == WithInputs ? InputCodec.Read(reader, names) : null;
        reader.ExpectEnd();
        try
        {
            return (new TreeEnsemble(names, trees, link, baseScores, divisor, precision), inputs);
        }
        catch (ArgumentException e)
        {
            throw new ModelFormatException(file, e.Message, "Save the model again.", e);
        }
    }
}
