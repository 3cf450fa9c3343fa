using System.Buffers.Binary;
using System.Text;

namespace WinBack.Trees.ModelFiles.Xgboost;

/// <summary>A parser for the part of Universal Binary JSON (draft 12, big-endian) that XGBoost writes.</summary>
internal sealed class XgboostUbj(string file, byte[] bytes)
{
    private const int MaxDepth = 64;

    /// <summary>Values other than numbers in arrays; more is no model but an attempt to fill the memory.</summary>
    private const int MaxValues = 4_000_000;

    private int _at;
    private int _values;

    /// <exception cref="ModelFormatException">Not UBJ, or nested too deeply.</exception>
    public XgboostValue Read()
    {
        var value = Value(Marker(), 0);
        return _at == bytes.Length ? value : throw Fault("Bytes follow the end.");
    }

    private XgboostValue Value(char marker, int depth)
    {
        if (depth > MaxDepth || ++_values > MaxValues)
        {
            throw Fault("Nested too deeply, or too many values.");
        }

        return marker switch
        {
            '{' => Object(depth),
            '[' => Array(depth),
            'S' => new XgboostValue { Text = Text() },
            'Z' => XgboostValue.Empty,
            _ => new XgboostValue { Numbers = [Number(marker)] },
        };
    }

    private XgboostValue Object(int depth)
    {
        var members = new Dictionary<string, XgboostValue>(StringComparer.Ordinal);
        while (Peek() != '}')
        {
            string name = Text();
            members[name] = Value(Marker(), depth + 1);
        }

        _at++;
        return new XgboostValue { Members = members };
    }

    private XgboostValue Array(int depth)
    {
        char type = '\0';
        if (Peek() == '$')
        {
            _at++;
            type = Marker();
        }

        long count = -1;
        if (Peek() == '#')
        {
            _at++;
            count = Length();
        }

        if (type != '\0')
        {
            return Typed(type, count);
        }

        var numbers = new List<double>();
        var items = new List<XgboostValue>();
        for (long i = 0; count < 0 ? Peek() != ']' : i < count; i++)
        {
            char marker = Marker();
            if (marker is '{' or '[' or 'S' or 'Z')
            {
                items.Add(Value(marker, depth + 1));
            }
            else
            {
                numbers.Add(Number(marker));
            }
        }

        _at += count < 0 ? 1 : 0;
        return items.Count == 0 ? new XgboostValue { Numbers = numbers.ToArray() }
            : numbers.Count == 0 ? new XgboostValue { Items = items }
            : throw Fault("An array mixes numbers with other values.");
    }

    private XgboostValue Typed(char type, long count)
    {
        if (count < 0 || count > bytes.Length - _at)
        {
            throw Fault($"{count} values of type '{type}' do not fit into the {bytes.Length - _at} bytes left.");
        }

        var numbers = new double[count];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Number(type);
        }

        return new XgboostValue { Numbers = numbers };
    }

    private double Number(char marker) => marker switch
    {
        'T' => 1,
        'F' => 0,
        'i' => (sbyte)Take(1)[0],
        'U' => Take(1)[0],
        'I' => BinaryPrimitives.ReadInt16BigEndian(Take(2)),
        'l' => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
        'L' => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
        'd' => BinaryPrimitives.ReadSingleBigEndian(Take(4)),
        'D' => BinaryPrimitives.ReadDoubleBigEndian(Take(8)),
        _ => throw Fault($"Unknown marker 0x{(int)marker:x2}."),
    };

    private string Text()
    {
        long length = Length();
        return length >= 0 && length <= bytes.Length - _at
            ? Encoding.UTF8.GetString(Take((int)length))
            : throw Fault($"A text of {length} bytes.");
    }

    private long Length()
    {
        double length = Number(Marker());
        return length >= 0 && length <= int.MaxValue && length == Math.Truncate(length) ? (long)length : throw Fault($"A length of {length}.");
    }

    private char Marker() => (char)Take(1)[0];

    private char Peek() => _at < bytes.Length ? (char)bytes[_at] : throw Fault("The file ends too early.");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > bytes.Length - _at)
        {
            throw Fault("The file ends too early.");
        }

        _at += count;
        return bytes.AsSpan(_at - count, count);
    }

    private ModelFormatException Fault(string problem) =>
        new(file, $"{problem} (byte {_at})", "The file is damaged or not UBJ: save the model again.");
}
