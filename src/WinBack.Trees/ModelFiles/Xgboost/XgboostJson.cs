using System.Globalization;
using System.Text;

namespace WinBack.Trees.ModelFiles.Xgboost;

/// <summary>A small JSON parser for XGBoost's dialect, which writes NaN and Infinity as bare words.</summary>
internal sealed class XgboostJson(string file, byte[] bytes)
{
    private const int MaxDepth = 64;

    /// <summary>Values other than numbers in arrays; more is no model but an attempt to fill the memory.</summary>
    private const int MaxValues = 4_000_000;

    private int _at;
    private int _values;

    /// <exception cref="ModelFormatException">Not JSON, or nested too deeply.</exception>
    public XgboostValue Read()
    {
        var value = Value(0);
        SkipSpace();
        return _at == bytes.Length ? value : throw Fault("Text follows the end.");
    }

    private XgboostValue Value(int depth)
    {
        if (depth > MaxDepth || ++_values > MaxValues)
        {
            throw Fault("Nested too deeply, or too many values.");
        }

        switch (Peek())
        {
            case '{':
                return Object(depth);
            case '[':
                return Array(depth);
            case '"':
                return new XgboostValue { Text = Text() };
            default:
                string word = Word();
                return word == "null" ? XgboostValue.Empty : new XgboostValue { Numbers = [Number(word)] };
        }
    }

    private XgboostValue Object(int depth)
    {
        var members = new Dictionary<string, XgboostValue>(StringComparer.Ordinal);
        _at++;
        for (bool isFirst = true; Peek() != '}'; isFirst = false)
        {
            Separator(isFirst);
            _ = Peek();
            string name = Text();
            if (Peek() != ':')
            {
                throw Fault("A colon is missing.");
            }

            _at++;
            members[name] = Value(depth + 1);
        }

        _at++;
        return new XgboostValue { Members = members };
    }

    private XgboostValue Array(int depth)
    {
        var numbers = new List<double>();
        var items = new List<XgboostValue>();
        _at++;
        for (bool isFirst = true; Peek() != ']'; isFirst = false)
        {
            Separator(isFirst);
            if (Peek() is '{' or '[' or '"')
            {
                items.Add(Value(depth + 1));
            }
            else
            {
                numbers.Add(Number(Word()));
            }
        }

        _at++;
        return items.Count == 0 ? new XgboostValue { Numbers = numbers.ToArray() }
            : numbers.Count == 0 ? new XgboostValue { Items = items }
            : throw Fault("An array mixes numbers with other values.");
    }

    private void Separator(bool isFirst)
    {
        if (!isFirst)
        {
            if (Peek() != ',')
            {
                throw Fault("A comma is missing.");
            }

            _at++;
        }
    }

    private string Text()
    {
        if (_at >= bytes.Length || bytes[_at] != '"')
        {
            throw Fault("A text was expected.");
        }

        var text = new StringBuilder();
        int start = ++_at;
        while (_at < bytes.Length && bytes[_at] != '"')
        {
            if (bytes[_at] == '\\')
            {
                text.Append(Encoding.UTF8.GetString(bytes, start, _at - start));
                text.Append(Escape());
                start = _at;
                continue;
            }

            _at++;
        }

        if (_at >= bytes.Length)
        {
            throw Fault("A text does not end.");
        }

        text.Append(Encoding.UTF8.GetString(bytes, start, _at - start));
        _at++;
        return text.ToString();
    }

    private char Escape()
    {
        char kind = _at + 1 < bytes.Length ? (char)bytes[_at + 1] : '\0';
        _at += 2;
        if (kind == 'u' && _at + 4 <= bytes.Length
            && ushort.TryParse(bytes.AsSpan(_at, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ushort code))
        {
            _at += 4;
            return (char)code;
        }

        int simple = "\"\\/bfnrt".IndexOf(kind, StringComparison.Ordinal);
        return simple >= 0 ? "\"\\/\b\f\n\r\t"[simple] : throw Fault("An unknown escape.");
    }

    private string Word()
    {
        int start = _at;
        while (_at < bytes.Length && bytes[_at] is not ((byte)',' or (byte)']' or (byte)'}' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
        {
            _at++;
        }

        return Encoding.UTF8.GetString(bytes, start, Math.Min(_at - start, 64));
    }

    private double Number(string word) => word switch
    {
        "NaN" or "nan" => double.NaN,
        "Infinity" or "inf" => double.PositiveInfinity,
        "-Infinity" or "-inf" => double.NegativeInfinity,
        "true" => 1,
        "false" => 0,
        _ => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw Fault($"'{word}' is not a number."),
    };

    private char Peek()
    {
        SkipSpace();
        return _at < bytes.Length ? (char)bytes[_at] : throw Fault("The text ends too early.");
    }

    private void SkipSpace()
    {
        while (_at < bytes.Length && bytes[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _at++;
        }
    }

    private ModelFormatException Fault(string problem) =>
        new(file, $"{problem} (byte {_at})", "The file is damaged or not JSON: save the model again.");
}
