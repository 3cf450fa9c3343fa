using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles;

/// <summary>Links in model.bin: one kind byte, then the parameters of the kind.</summary>
internal static class LinkCodec
{
    private const byte Identity = 0;
    private const byte Logistic = 1;
    private const byte Exponential = 2;
    private const byte Softmax = 3;
    private const byte Piecewise = 4;
    private const byte Binned = 5;
    private const byte OneVersusAll = 6;

    public static void Write(BinaryWriter writer, Link link)
    {
        switch (link)
        {
            case IdentityLink:
                writer.Write(Identity);
                break;
            case LogisticLink logistic:
                writer.Write(Logistic);
                writer.Write(logistic.Slope);
                writer.Write(logistic.Offset);
                break;
            case ExponentialLink:
                writer.Write(Exponential);
                break;
            case SoftmaxLink:
                writer.Write(Softmax);
                break;
            case PiecewiseLink pieces:
                writer.Write(Piecewise);
                WriteAll(writer, pieces.Mins);
                WriteAll(writer, pieces.Maxs);
                WriteAll(writer, pieces.Values);
                break;
            case BinnedLink binned:
                writer.Write(Binned);
                writer.Write(binned.Min);
                writer.Write(binned.RangeSize);
                WriteAll(writer, binned.Probabilities);
                break;
            case OneVersusAllLink all:
                WriteOneVersusAll(writer, all);
                break;
            default:
                throw new NotSupportedException($"model.bin has no code for {link.GetType().Name}.");
        }
    }

    /// <exception cref="ModelFormatException">The kind is unknown or its parameters are out of bounds.</exception>
    public static Link Read(ByteReader reader) => Read(reader, mayNest: true);

    private static Link Read(ByteReader reader, bool mayNest)
    {
        byte kind = reader.Byte();
        try
        {
            return kind switch
            {
                Identity => new IdentityLink(),
                Logistic => new LogisticLink(reader.Double(), reader.Double()),
                Exponential => new ExponentialLink(),
                Softmax => new SoftmaxLink(),
                Piecewise => new PiecewiseLink(Singles(reader), Singles(reader), Singles(reader)),
                Binned => new BinnedLink(reader.Single(), reader.Single(), Singles(reader)),
                OneVersusAll when mayNest => ReadOneVersusAll(reader),
                _ => throw reader.Fault($"Unknown link kind {kind}."),
            };
        }
        catch (ArgumentException e)
        {
            throw reader.Fault(e.Message);
        }
    }

    private static void WriteOneVersusAll(BinaryWriter writer, OneVersusAllLink link)
    {
        writer.Write(OneVersusAll);
        writer.Write(link.Normalises);
        writer.Write(link.Links.Count);
        foreach (var inner in link.Links)
        {
            Write(writer, inner);
        }
    }

    private static OneVersusAllLink ReadOneVersusAll(ByteReader reader)
    {
        bool normalises = reader.Byte() != 0;
        var links = new Link[reader.Count("links", 1)];
        for (int k = 0; k < links.Length; k++)
        {
            links[k] = Read(reader, mayNest: false);
        }

        return new OneVersusAllLink(links, normalises);
    }

    private static float[] Singles(ByteReader reader) => reader.Singles(reader.Count("values", sizeof(float)));

    private static void WriteAll(BinaryWriter writer, ReadOnlySpan<float> values)
    {
        writer.Write(values.Length);
        foreach (float value in values)
        {
            writer.Write(value);
        }
    }
}
