using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace WinBack.Adapters.Wire;

/// <summary>Where two messages of one type differ, field by field down to the single values. Numbers are compared bit by bit.</summary>
public static class MessageDifference
{
    /// <summary>In the order of field numbers, at most so many.</summary>
    public static IReadOnlyList<V1.FieldDifference> Of(IMessage kept, IMessage again, int most)
    {
        var found = new List<V1.FieldDifference>();
        Compare("", kept, again, found);
        return found.Count <= most ? found : found.GetRange(0, most);
    }

    private static void Compare(string path, IMessage kept, IMessage again, List<V1.FieldDifference> found)
    {
        foreach (FieldDescriptor field in kept.Descriptor.Fields.InFieldNumberOrder())
        {
            string name = path.Length == 0 ? field.Name : path + "." + field.Name;
            object? one = ValueOf(field, kept), other = ValueOf(field, again);
            if (field.IsMap) CompareMaps(name, (IDictionary)one!, (IDictionary)other!, found);
            else if (field.IsRepeated) CompareLists(name, (IList)one!, (IList)other!, found);
            else CompareValues(name, one, other, found);
        }
    }

    private static void CompareLists(string name, IList kept, IList again, List<V1.FieldDifference> found)
    {
        for (int i = 0; i < Math.Max(kept.Count, again.Count); i++)
            CompareValues($"{name}[{i}]", i < kept.Count ? kept[i] : null, i < again.Count ? again[i] : null, found);
    }

    private static void CompareMaps(string name, IDictionary kept, IDictionary again, List<V1.FieldDifference> found)
    {
        foreach (object key in kept.Keys.Cast<object>().Union(again.Keys.Cast<object>()))
            CompareValues(
                $"{name}[{key}]", kept.Contains(key) ? kept[key] : null, again.Contains(key) ? again[key] : null, found);
    }

    private static void CompareValues(string name, object? kept, object? again, List<V1.FieldDifference> found)
    {
        if (kept is IMessage one && again is IMessage other)
            Compare(name, one, other, found);
        else if (!IsSame(kept, again))
            found.Add(new V1.FieldDifference { Field = name, Kept = Text(kept), Again = Text(again) });
    }

    private static bool IsSame(object? one, object? other) => (one, other) switch
    {
        (double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b),
        (float a, float b) => BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b),
        _ => Equals(one, other),
    };

    private static object? ValueOf(FieldDescriptor field, IMessage message) =>
        field.HasPresence && !field.Accessor.HasValue(message) ? null : field.Accessor.GetValue(message);

    private static string Text(object? value) => value switch
    {
        null => "",
        IMessage message => JsonFormatter.Default.Format(message),
        string text => $"\"{text}\"",
        ByteString bytes => $"\"{bytes.ToBase64()}\"",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
