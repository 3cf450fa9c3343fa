using System.Globalization;

namespace WinBack.Trees.ModelFiles.LightGbm;

/// <summary>The key=value lines of the header or of one tree of a LightGBM text model.</summary>
internal sealed class LightGbmSection(string file, string name)
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public void Add(string line)
    {
        int at = line.IndexOf('=', StringComparison.Ordinal);
        _values[at < 0 ? line : line[..at]] = at < 0 ? "" : line[(at + 1)..];
    }

    public bool Has(string key) => _values.ContainsKey(key);

    public string Text(string key) => _values.TryGetValue(key, out string? value) ? value : throw Fault($"'{key}' is missing.");

    public int Integer(string key) =>
        int.TryParse(Text(key), NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) ? value : throw Fault($"'{key}' is not an integer.");

    public int[] Integers(string key) => Split(key)
        .Select(part => int.TryParse(part, NumberStyles.Integer, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw Fault($"'{key}': '{part}' is not an integer."))
        .ToArray();

    public uint[] Words(string key) => Split(key)
        .Select(part => uint.TryParse(part, NumberStyles.Integer, CultureInfo.InvariantCulture, out uint value)
            ? value
            : throw Fault($"'{key}': '{part}' is not a 32-bit word."))
        .ToArray();

    public double[] Doubles(string key) => Split(key)
        .Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw Fault($"'{key}': '{part}' is not a number."))
        .ToArray();

    public ModelFormatException Fault(string problem) =>
        new(file, $"{name}: {problem}", "The file is damaged or not a LightGBM text model: save it again with save_model.");

    private string[] Split(string key) => Text(key).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
