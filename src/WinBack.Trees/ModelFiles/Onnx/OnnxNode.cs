namespace WinBack.Trees.ModelFiles.Onnx;

/// <summary>One operator of an ONNX graph with its attributes.</summary>
internal sealed class OnnxNode
{
    private readonly Dictionary<string, OnnxAttribute> _attributes = new(StringComparer.Ordinal);
    private readonly Func<string, ModelFormatException> _fault;

    public OnnxNode(WireReader message, Func<string, ModelFormatException> fault)
    {
        _fault = fault;
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    Inputs.Add(message.Text);
                    break;
                case 2:
                    Outputs.Add(message.Text);
                    break;
                case 4:
                    Operator = message.Text;
                    break;
                case 5:
                    var attribute = OnnxAttribute.Read(message.Message, fault);
                    _attributes[attribute.Name] = attribute;
                    break;
            }
        }
    }

    public string Operator { get; } = "";

    public List<string> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];

    public bool Has(string name) => _attributes.ContainsKey(name);

    /// <summary>Numbers of an attribute, whichever way they are stored (floats, ints, tensor, or the "_as_tensor" twin); empty when absent.</summary>
    public IReadOnlyList<double> Numbers(string name) =>
        _attributes.TryGetValue(name, out var attribute) || _attributes.TryGetValue(name + "_as_tensor", out attribute) ? attribute.Numbers : [];

    /// <summary>Whether an attribute is a tensor of doubles: the runtime adds up in double then, and in float otherwise.</summary>
    public bool IsDouble(string name) =>
        (_attributes.TryGetValue(name, out var attribute) || _attributes.TryGetValue(name + "_as_tensor", out attribute)) && attribute.IsDouble;

    public int[] Integers(string name)
    {
        var numbers = Numbers(name);
        var integers = new int[numbers.Count];
        for (int i = 0; i < integers.Length; i++)
        {
            integers[i] = numbers[i] >= int.MinValue && numbers[i] <= int.MaxValue && numbers[i] == Math.Truncate(numbers[i])
                ? (int)numbers[i]
                : throw Fault($"'{name}': {numbers[i]} is not an integer.");
        }

        return integers;
    }

    public int Integer(string name, int absent) => Has(name) && Integers(name) is [var value, ..] ? value : absent;

    public string Text(string name, string absent) => Texts(name) is [var text, ..] ? text : absent;

    public IReadOnlyList<string> Texts(string name) => _attributes.TryGetValue(name, out var attribute) ? attribute.Texts : [];

    public ModelFormatException Fault(string problem) => _fault($"{Operator}: {problem}");
}
