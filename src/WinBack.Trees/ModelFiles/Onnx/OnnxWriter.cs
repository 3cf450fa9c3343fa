using System.Text.Json;
using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles.Onnx;

/// <summary>Writes ONNX: inputs, one tree ensemble, the link.</summary>
/// <remarks>
/// Inputs are "features", float [rows, columns], with the names in the metadata (<see cref="FeatureNamesKey"/>), and one text
/// column [rows, 1] for each text column of the model. Outputs are "score" (raw) and, where there is a link, "probability" (or
/// "prediction"), float [rows, outputs]. Where the source adds up in double, the matrix is cast to double before the trees, so that
/// the runtime does the same. A preparation that came with the model moves into the trees.
/// </remarks>
internal sealed class OnnxWriter
{
    public const string FeatureNamesKey = "winback.feature_names";

    public const string Target = "ONNX";
    private const string FeaturesInput = "features";
    private const int MainOpset = 17;
    private const int TextType = 8;

    private readonly FoldedColumn[] _numbers;
    private readonly FoldedColumn[] _texts;
    private readonly TreeEnsemble _ensemble;
    private readonly WireWriter _graph = new();
    private readonly List<WireWriter> _constants = [];

    private OnnxWriter(FoldedModel folded)
    {
        _numbers = folded.Columns.Where(column => column.Terms is null).ToArray();
        _texts = folded.Columns.Where(column => column.Terms is not null).ToArray();
        _ensemble = OnnxTreeShape.Of(folded, _numbers.Concat(_texts).ToArray(), Target);
    }

    /// <exception cref="ConversionException">The format cannot express something; it is named.</exception>
    public static byte[] Write(TreeModel model) => new OnnxWriter(FoldedModel.Of(model, Target)).Write();

    private byte[] Write()
    {
        bool hasSets = _ensemble.Trees.Any(tree => tree.Nodes.ToArray().Any(node => node.HasSet));
        bool isDouble = _ensemble.Precision != ScorePrecision.SingleSums;
        string input = isDouble ? OnnxOutputWriter.Cast(_graph, Inputs(), "columns_double", OnnxOutputWriter.DoubleType) : Inputs();
        _graph.Message(1, (hasSets || _ensemble.Trees.Count == 0
            ? OnnxTreeListWriter.Write(_ensemble, input, "trees", isDouble)
            : OnnxNodeListWriter.Write(_ensemble, input, "trees", isDouble)).Message);
        var output = new OnnxOutputWriter(_graph, _ensemble);
        string? prediction = output.Write("trees");
        _graph.Text(2, "winback");
        foreach (var constant in _constants.Concat(output.Constants))
        {
            _graph.Message(5, constant);
        }

        if (_numbers.Length > 0)
        {
            _graph.Message(11, Value(FeaturesInput, OnnxOutputWriter.FloatType, _numbers.Length));
        }

        foreach (var text in _texts)
        {
            _graph.Message(11, Value(text.Name, TextType, 1));
        }

        _graph.Message(12, Value("score", OnnxOutputWriter.FloatType, _ensemble.OutputCount));
        if (prediction is not null)
        {
            _graph.Message(12, Value(prediction, OnnxOutputWriter.FloatType, _ensemble.OutputCount));
        }

        return Model(mlOpset: hasSets || _ensemble.Trees.Count == 0 ? 5 : 3);
    }

    /// <summary>Text becomes the key of its term; category columns are cut to integers, as the sets compare them.</summary>
    private string Inputs()
    {
        var parts = new List<string>();
        if (_numbers.Length > 0)
        {
            parts.Add(Floored(FeaturesInput));
        }

        foreach (var text in _texts)
        {
            string key = "key_" + text.Name;
            var terms = text.Terms!;
            _graph.Message(1, new OnnxNodeWriter("ai.onnx.ml", "LabelEncoder", [text.Name], [key])
                .Texts("keys_strings", terms.Names.Distinct(StringComparer.Ordinal))
                .Singles("values_floats", terms.Names.Distinct(StringComparer.Ordinal).Select(term => (float)terms.KeyOf(0, term)))
                .Single("default_float", 0).Message);
            parts.Add(key);
        }

        if (parts.Count == 1)
        {
            return parts[0];
        }

        _graph.Message(1, new OnnxNodeWriter("", "Concat", parts, ["columns"]).Integer("axis", 1).Message);
        return "columns";
    }

    private string Floored(string input)
    {
        bool[] isCategory = OnnxTreeShape.Categories(_ensemble).Take(_numbers.Length).ToArray();
        if (!isCategory.Contains(true))
        {
            return input;
        }

        _constants.Add(OnnxTensorWriter.Bools("is_category", isCategory, 1, isCategory.Length));
        _graph.Message(1, new OnnxNodeWriter("", "Floor", [input], ["floored"]).Message);
        _graph.Message(1, new OnnxNodeWriter("", "Where", ["is_category", "floored", input], ["cut"]).Message);
        return "cut";
    }

    /// <summary>ValueInfoProto: 1 name, 2 type { 1 tensor { 1 element, 2 shape { 1 dimension { 1 value or 2 name } } } }.</summary>
    private static WireWriter Value(string name, int type, int width)
    {
        var shape = new WireWriter().Message(1, new WireWriter().Text(2, "rows")).Message(1, new WireWriter().Integer(1, width));
        return new WireWriter().Text(1, name).Message(2, new WireWriter().Message(1, new WireWriter().Integer(1, type).Message(2, shape)));
    }

    /// <summary>ModelProto: 1 ir_version, 2 producer, 7 graph, 8 opset { 1 domain, 2 version }, 14 metadata { 1 key, 2 value }.</summary>
    private byte[] Model(int mlOpset)
    {
        string names = JsonSerializer.Serialize(_numbers.Select(column => column.Name));
        return new WireWriter()
            .Integer(1, mlOpset == 5 ? 10 : 8)
            .Text(2, "winback")
            .Message(7, _graph)
            .Message(8, new WireWriter().Text(1, "").Integer(2, MainOpset))
            .Message(8, new WireWriter().Text(1, "ai.onnx.ml").Integer(2, mlOpset))
            .Message(14, new WireWriter().Text(1, FeatureNamesKey).Text(2, names))
            .ToArray();
    }
}
