using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using WinBack.Core.Policy;
using YamlDotNet.RepresentationModel;

namespace WinBack.Adapters.Playbooks;

/// <summary>
/// Fills config objects from YAML nodes: mappings by snake_case property name, sequences, scalars, durations such as
/// "7d". YamlDotNet's own deserialiser stops at the first error and forgets the lines; a playbook's author wants all
/// errors, each with its line.
/// </summary>
internal sealed class YamlBinder
{
    internal const string IsList = "is a list";
    private const int MaxDepth = 16;
    private readonly List<PlaybookError> _errors = [];
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    internal IReadOnlyList<PlaybookError> Errors => _errors;

    internal T Bind<T>(YamlNode root)
        where T : new() => (T)(Value(root, typeof(T), "", 0) ?? new T());

    /// <summary>Of the field, or of the nearest field around it that is there.</summary>
    internal int LineOf(string path)
    {
        while (path.Length > 0)
        {
            if (_lines.TryGetValue(path, out int line)) return line;
            path = path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];
        }

        return _lines.GetValueOrDefault("", 1);
    }

    /// <returns>Null when the node cannot be read; an error is noted then.</returns>
    private object? Value(YamlNode node, Type type, string path, int depth)
    {
        _lines[path] = (int)node.Start.Line;
        if (depth > MaxDepth) return Wrong(path, "is nested too deeply", "write it flat");
        type = Nullable.GetUnderlyingType(type) ?? type;
        bool isMap = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Dictionary<,>);
        bool isList = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>);
        return node switch
        {
            YamlMappingNode map when isMap => Map(map, type, path, depth),
            YamlMappingNode map when !isList && !IsScalar(type) => Object(map, type, path, depth),
            YamlSequenceNode list when isList => List(list, type, path, depth),
            YamlScalarNode scalar when IsScalar(type) => Scalar(scalar.Value ?? "", type, path),
            YamlSequenceNode => Wrong(path, IsList, IsScalar(type) ? "write one value" : "write fields"),
            _ => Wrong(path, $"is a {Kind(node)}", isList ? "write a list" : isMap || !IsScalar(type) ? "write fields" : "write one value"),
        };
    }

    private object Object(YamlMappingNode map, Type type, string path, int depth)
    {
        object made = Activator.CreateInstance(type)!;
        Dictionary<string, PropertyInfo> properties = type.GetProperties()
            .ToDictionary(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name), StringComparer.Ordinal);
        foreach ((YamlNode key, YamlNode value) in map.Children)
        {
            string name = key.ToString();
            string at = path.Length == 0 ? name : $"{path}.{name}";
            _lines[at] = (int)key.Start.Line;
            if (!properties.TryGetValue(name, out PropertyInfo? property))
                Wrong(at, "is no field", "write one of " + string.Join(", ", properties.Keys.Order(StringComparer.Ordinal)));
            else if (Value(value, property.PropertyType, at, depth + 1) is { } read)
                property.SetValue(made, read);
        }

        return made;
    }

    private IDictionary Map(YamlMappingNode map, Type type, string path, int depth)
    {
        var made = (IDictionary)Activator.CreateInstance(type)!;
        foreach ((YamlNode key, YamlNode value) in map.Children)
            if (Value(value, type.GetGenericArguments()[1], $"{path}.{key}", depth + 1) is { } read) made.Add(key.ToString(), read);
        return made;
    }

    private IList List(YamlSequenceNode list, Type type, string path, int depth)
    {
        var made = (IList)Activator.CreateInstance(type)!;
        Type item = type.GetGenericArguments()[0];
        for (int i = 0; i < list.Children.Count; i++)
        {
            // A broken item keeps its place, so that the paths of the others stay right.
            object? read = Value(list.Children[i], item, $"{path}[{i}]", depth + 1);
            made.Add(read ?? (item == typeof(string) ? "" : Activator.CreateInstance(item)));
        }

        return made;
    }

    private object? Scalar(string text, Type type, string path)
    {
        if (type == typeof(string)) return text;
        if (type == typeof(bool)) return text is "true" or "false" ? text == "true" : Wrong(path, Quoted(text), "write true or false");
        if (type == typeof(TimeSpan)) return Duration(text) ?? Wrong(path, Quoted(text), "write a duration such as 10m, 36h or 7d");
        if (type == typeof(int) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int whole))
            return whole;
        if (type == typeof(int)) return Wrong(path, Quoted(text), "write a whole number");
        if (type == typeof(double) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            return number;
        // Dividing by one with many places drops trailing zeros: 0.40 and 0.4 are the same playbook.
        if (type == typeof(decimal) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal amount))
            return amount / 1.000000000000000000000000000000m;
        return Wrong(path, Quoted(text), "write a number");
    }

    private static object? Duration(string text)
    {
        if (text.Length < 2) return null;
        if (!int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count)) return null;
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(Math.Min(count, 36_500)),
            _ => null,
        };
    }

    private static bool IsScalar(Type type) =>
        type.IsPrimitive || type == typeof(string) || type == typeof(decimal) || type == typeof(TimeSpan);

    private static string Kind(YamlNode node) => node switch
    {
        YamlMappingNode => "group of fields",
        _ => "single value",
    };

    private static string Quoted(string text) => $"is '{text}'";

    private object? Wrong(string path, string problem, string fix)
    {
        _errors.Add(new PlaybookError(path, problem, fix));
        return null;
    }
}
