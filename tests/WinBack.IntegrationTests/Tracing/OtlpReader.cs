using System.Globalization;
using Google.Protobuf;

namespace WinBack.IntegrationTests.Tracing;

/// <summary>
/// Reads an ExportTraceServiceRequest of OTLP 1.x by the numbers of its fields, which the protocol keeps for good: resource_spans
/// 1 (resource 1, scope_spans 2 (spans 2)).
/// </summary>
internal static class OtlpReader
{
    private const int Error = 2;

    internal static List<OtlpSpan> Read(ByteString request)
    {
        var spans = new List<OtlpSpan>();
        foreach (ByteString resourceSpans in Parts(request, 1))
        {
            string service = Parts(resourceSpans, 1).SelectMany(r => Attributes(Parts(r, 1))).First(a => a.Key == "service.name").Value;
            foreach (ByteString scopeSpans in Parts(resourceSpans, 2)) spans.AddRange(Parts(scopeSpans, 2).Select(s => ReadSpan(service, s)));
        }

        return spans;
    }

    private static OtlpSpan ReadSpan(string service, ByteString span) => new(
        service,
        Hex(Parts(span, 1).Single()),
        Hex(Parts(span, 2).Single()),
        Hex(Parts(span, 4).SingleOrDefault(ByteString.Empty)),
        Parts(span, 5).Single().ToStringUtf8(),
        (int)Numbers(span, 6).SingleOrDefault(),
        Parts(span, 15).SelectMany(status => Numbers(status, 3)).Contains(Error),
        Attributes(Parts(span, 9)).ToDictionary(),
        [.. Parts(span, 13).Select(link => (Hex(Parts(link, 1).Single()), Hex(Parts(link, 2).Single())))]);

    /// <summary>KeyValue: key 1, value 2; of a value, text 1 or a whole number 3.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Attributes(IEnumerable<ByteString> pairs) => pairs.Select(pair =>
    {
        ByteString value = Parts(pair, 2).Single();
        return KeyValuePair.Create(
            Parts(pair, 1).Single().ToStringUtf8(),
            Parts(value, 1).Select(text => text.ToStringUtf8())
                .Concat(Numbers(value, 3).Select(number => number.ToString(CultureInfo.InvariantCulture))).SingleOrDefault(""));
    });

    private static string Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);

    private static IEnumerable<ByteString> Parts(ByteString message, int field) =>
        Fields(message).Where(f => f.Number == field && f.Part is not null).Select(f => f.Part!);

    private static IEnumerable<long> Numbers(ByteString message, int field) =>
        Fields(message).Where(f => f.Number == field && f.Part is null).Select(f => f.Value);

    private static List<(int Number, ByteString? Part, long Value)> Fields(ByteString message)
    {
        var fields = new List<(int, ByteString?, long)>();
        CodedInputStream input = message.CreateCodedInput();
        while (input.ReadTag() is var tag && tag != 0)
        {
            int number = WireFormat.GetTagFieldNumber(tag);
            switch (WireFormat.GetTagWireType(tag))
            {
                case WireFormat.WireType.LengthDelimited: fields.Add((number, input.ReadBytes(), 0)); break;
                case WireFormat.WireType.Varint: fields.Add((number, null, (long)input.ReadUInt64())); break;
                default: input.SkipLastField(); break;
            }
        }

        return fields;
    }
}
