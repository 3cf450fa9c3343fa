namespace WinBack.Trees.ModelFiles.Onnx;

/// <summary>The operators, constants and inputs of an ONNX file.</summary>
internal sealed class OnnxGraph
{
    private const int MaxNodes = 10_000;
    private readonly string _file;
    private readonly Dictionary<string, OnnxTensor> _constants = new(StringComparer.Ordinal);

    /// <exception cref="ModelFormatException">Not an ONNX file.</exception>
    public OnnxGraph(string file, byte[] bytes)
    {
        _file = file;
        var model = new WireReader(file, bytes);
        bool hasGraph = false;
        while (model.Next())
        {
            if (model.Field == 7)
            {
                hasGraph = true;
                ReadGraph(model.Message);
            }
            else if (model.Field == 14)
            {
                FeatureNames = OnnxMetadata.FeatureNamesOf(model.Message, Fault) ?? FeatureNames;
            }
        }

        Inputs.RemoveAll(input => _constants.ContainsKey(input.Name));
        if (!hasGraph || Nodes.Count == 0 || Nodes.Count > MaxNodes)
        {
            throw Fault($"{Nodes.Count} operators are not a tree model.");
        }
    }

    public List<OnnxNode> Nodes { get; } = [];

    /// <summary>Inputs with their last dimension; 0 when it is not fixed.</summary>
    public List<(string Name, int Width)> Inputs { get; } = [];

    /// <summary>Names of the columns of the float input, where the file is ours; else empty.</summary>
    public IReadOnlyList<string> FeatureNames { get; private set; } = [];

    public ModelFormatException Fault(string problem) =>
        new(_file, problem, "Export the tree model alone, or convert it to another known format.");

    public OnnxTensor? ConstantOrNull(string name) => _constants.GetValueOrDefault(name);

    /// <summary>The operators that read a value.</summary>
    public IEnumerable<OnnxNode> ReadersOf(string value) => Nodes.Where(node => node.Inputs.Contains(value));

    public OnnxNode? MakerOf(string value) => Nodes.Find(node => node.Outputs.Contains(value));

    private void ReadGraph(WireReader graph)
    {
        while (graph.Next())
        {
            switch (graph.Field)
            {
                case 1:
                    Nodes.Add(new OnnxNode(graph.Message, Fault));
                    break;
                case 5:
                    var tensor = OnnxTensor.Read(graph.Message, Fault);
                    _constants[tensor.Name] = tensor;
                    break;
                case 11:
                    Inputs.Add(ReadInput(graph.Message));
                    break;
            }
        }
    }

    /// <summary>ValueInfo: 1 name, 2 type { 1 tensor { 2 shape { 1 dimension { 1 value } } } }.</summary>
    private static (string Name, int Width) ReadInput(WireReader value)
    {
        string name = "";
        long width = 0;
        while (value.Next())
        {
            if (value.Field == 1)
            {
                name = value.Text;
            }
            else if (value.Field == 2 && Inside(value.Message, 1) is { } tensor && Inside(tensor, 2) is { } shape)
            {
                while (shape.Next())
                {
                    var dimension = shape.Message;
                    width = dimension.Next() && dimension.Field == 1 ? dimension.Integer : 0;
                }
            }
        }

        return (name, width is > 0 and <= OnnxTrees.MaxFeatures ? (int)width : 0);
    }

    private static WireReader? Inside(WireReader message, int field)
    {
        while (message.Next())
        {
            if (message.Field == field)
            {
                return message.Message;
            }
        }

        return null;
    }
}
