using System.Globalization;

namespace WinBack.Trees.ModelFiles.Xgboost;

/// <summary>Typed access to an XGBoost document; what is missing or of another kind is named with its path.</summary>
internal sealed class XgboostDocument(string file, string path, XgboostValue value)
{
    public XgboostDocument this[string name] =>
        value.Members is { } members && members.TryGetValue(name, out var member)
            ? new XgboostDocument(file, path + "/" + name, member)
            : throw Fault($"'{name}' is missing.");

    public IEnumerable<XgboostDocument> Items =>
        value.Items is { } items
            ? items.Select((item, i) => new XgboostDocument(file, $"{path}/{i}", item))
            : value.Numbers is { Length: 0 } ? [] : throw Fault("An array was expected.");

    public string Text => value.Text ?? throw Fault("A text was expected.");

    public double[] Numbers => value.Numbers ?? (value.Items is { Count: 0 } ? [] : throw Fault("Numbers were expected."));

    public bool Has(string name) => value.Members?.ContainsKey(name) == true;

    /// <summary>A number written as text, as XGBoost does for parameters.</summary>
    public int Count() =>
        int.TryParse(Text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int count) ? count : throw Fault($"'{Text}' is not a count.");

    public int[] Integers()
    {
        var numbers = Numbers;
        var integers = new int[numbers.Length];
        for (int i = 0; i < integers.Length; i++)
        {
            integers[i] = numbers[i] >= int.MinValue && numbers[i] <= int.MaxValue && numbers[i] == Math.Truncate(numbers[i])
                ? (int)numbers[i]
                : throw Fault($"{numbers[i]} is not an integer.");
        }

        return integers;
    }

    public ModelFormatException Fault(string problem) =>
        new(file, $"{path}: {problem}", "The file is damaged or not an XGBoost model: save it again with save_model.");
}
