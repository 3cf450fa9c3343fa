namespace WinBack.Trees.ModelFiles.Onnx;

/// <summary>Writes one operator with its attributes.</summary>
/// <remarks>NodeProto: 1 input, 2 output, 3 name, 4 op_type, 5 attribute, 7 domain. AttributeProto: 1 name, 2 f, 3 i, 4 s, 5 t, 7 floats,
/// 8 ints, 9 strings, 20 type (1 float, 2 int, 3 string, 4 tensor, 6 floats, 7 ints, 8 strings).</remarks>
internal sealed class OnnxNodeWriter
{
    private readonly WireWriter _node = new();

    public OnnxNodeWriter(string domain, string operation, IEnumerable<string> inputs, IEnumerable<string> outputs)
    {
        foreach (string input in inputs)
        {
            _node.Text(1, input);
        }

        foreach (string output in outputs)
        {
            _node.Text(2, output);
        }

        _node.Text(3, operation + "_" + string.Join('_', outputs)).Text(4, operation).Text(7, domain);
    }

    public WireWriter Message => _node;

    public OnnxNodeWriter Integer(string name, long value) => Attribute(name, 2, attribute => attribute.Integer(3, value));

    public OnnxNodeWriter Single(string name, float value) => Attribute(name, 1, attribute => attribute.Single(2, value));

    public OnnxNodeWriter Text(string name, string value) => Attribute(name, 3, attribute => attribute.Text(4, value));

    public OnnxNodeWriter Tensor(string name, WireWriter tensor) => Attribute(name, 4, attribute => attribute.Message(5, tensor));

    public OnnxNodeWriter Singles(string name, IEnumerable<float> values) => Attribute(name, 6, attribute => attribute.Singles(7, values));

    public OnnxNodeWriter Integers(string name, IEnumerable<int> values) =>
        Attribute(name, 7, attribute => attribute.Integers(8, values.Select(value => (long)value)));

    public OnnxNodeWriter Texts(string name, IEnumerable<string> values) => Attribute(name, 8, attribute =>
    {
        foreach (string value in values)
        {
            attribute.Text(9, value);
        }
    });

    private OnnxNodeWriter Attribute(string name, int type, Action<WireWriter> write)
    {
        var attribute = new WireWriter().Text(1, name);
        write(attribute);
        _node.Message(5, attribute.Integer(20, type));
        return this;
    }
}
