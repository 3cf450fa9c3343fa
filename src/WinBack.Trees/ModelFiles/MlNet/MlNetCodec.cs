using System.Text;

namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>ML.NET's self-describing values: a codec name, its parameters, the value.</summary>
internal static class MlNetCodec
{
    /// <summary>Reads a codec that has no parameters and gives its name.</summary>
    public static string ReadName(ModelKey key)
    {
        string name = Text(key);
        int parameters = Leb128(key);
        return parameters == 0 ? name : throw key.Fault($"The codec '{name}' has unexpected parameters.");
    }

    /// <summary>Reads a float, or a vector of floats of which absent ones are 0.</summary>
    /// <returns>One value for a scalar codec; null as second item then.</returns>
    public static (float[] Values, bool IsVector) ReadSingles(ModelKey key)
    {
        string name = Text(key);
        int parameterBytes = Leb128(key);
        if (name == "Single" && parameterBytes == 0)
        {
            return ([key.Body.Single()], false);
        }

        if (name != "VBuffer")
        {
            throw new ModelFormatException(key.Path, $"Values of type '{name}' are not supported.", "Use float columns.");
        }

        int end = key.Body.Position + parameterBytes;
        string inner = ReadName(key);
        key.Body.Int32s(key.Body.Count("dimensions", sizeof(int)));
        if (inner != "Single" || key.Body.Position != end)
        {
            throw new ModelFormatException(key.Path, $"Vectors of type '{inner}' are not supported.", "Use float columns.");
        }

        return (Vector(key), true);
    }

    /// <summary>i32 vectors (1), i32 size, i32 count (-1 dense), i32 indices + indices, values.</summary>
    private static float[] Vector(ModelKey key)
    {
        var body = key.Body;
        int vectors = body.Int32();
        int size = body.Int32();
        int count = body.Int32();
        if (vectors != 1 || size < 0 || size > MlNetPipeline.MaxSlots)
        {
            throw key.Fault($"{vectors} vectors of {size} values instead of one.");
        }

        int[] indices = body.Int32s(body.Count("indices", sizeof(int)));
        if (count == -1)
        {
            return (long)size * sizeof(float) <= body.Left ? body.Singles(size) : throw key.Fault($"A vector of {size} values is cut off.");
        }

        var values = new float[size];
        foreach (int index in indices)
        {
            if (index < 0 || index >= size || count != indices.Length)
            {
                throw key.Fault($"Index {index} of a sparse vector of {size} values.");
            }

            values[index] = body.Single();
        }

        return values;
    }

    /// <summary>Writes the name of a codec and its parameters.</summary>
    public static void Write(BinaryWriter writer, string name, ReadOnlySpan<byte> parameters)
    {
        writer.Write(name);
        writer.Write7BitEncodedInt(parameters.Length);
        writer.Write(parameters);
    }

    /// <summary>Writes the codec of a vector of floats.</summary>
    public static void WriteVector(BinaryWriter writer, int length)
    {
        using var parameters = new MemoryStream();
        using var inner = new BinaryWriter(parameters);
        Write(inner, "Single", []);
        inner.Write(1);
        inner.Write(length);
        inner.Flush();
        Write(writer, "VBuffer", parameters.ToArray());
    }

    private static string Text(ModelKey key)
    {
        int length = Leb128(key);
        return Encoding.UTF8.GetString(key.Body.Take(length));
    }

    private static int Leb128(ModelKey key)
    {
        int value = 0;
        for (int shift = 0; shift < 28; shift += 7)
        {
            byte next = key.Body.Byte();
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw key.Fault("A length has more than four bytes.");
    }
}
