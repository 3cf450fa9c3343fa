namespace WinBack.Trees.ModelFiles.Onnx;

/// <summary>An attribute of an operator: numbers (of any storage; IsDouble: a tensor of doubles) or texts.</summary>
internal sealed record OnnxAttribute(string Name, IReadOnlyList<double> Numbers, IReadOnlyList<string> Texts, bool IsDouble)
{
    public static OnnxAttribute Read(WireReader message, Func<string, ModelFormatException> fault)
    {
        string name = "";
        bool isDouble = false;
        var numbers = new List<double>();
        var integers = new List<long>();
        var texts = new List<string>();
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    name = message.Text;
                    break;
                case 2 or 7:
                    message.AddSingles(numbers);
                    break;
                case 3 or 8:
                    message.AddIntegers(integers);
                    break;
                case 4 or 9:
                    texts.Add(message.Text);
                    break;
                case 5:
                    (_, var values, isDouble) = OnnxTensor.Read(message.Message, fault);
                    numbers.AddRange(values);
                    break;
            }
        }

        numbers.AddRange(integers.Select(value => (double)value));
        return new OnnxAttribute(name, numbers, texts, isDouble);
    }
}
