using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WinBack.Core.Events;
using WinBack.Core.Policy.Updates;

namespace WinBack.Adapters.Wire;

/// <summary>Product updates: records of the catalogue topic, and what decisions keep of them.</summary>
public static class ProductUpdateWire
{
    private const int MaxTags = 20;
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <param name="contentType">The content-type header; null stands for protobuf.</param>
    /// <returns>Null when it is refused; <paramref name="wrong"/> then says why, naming the field and the fix.</returns>
    public static ProductUpdate? Read(byte[] value, string? contentType, out string wrong)
    {
        try
        {
            bool isJson = contentType?.StartsWith(EventReader.JsonContentType, StringComparison.OrdinalIgnoreCase) ?? false;
            V1.ProductUpdate message = isJson
                ? Json.Parse<V1.ProductUpdate>(Utf8.GetString(value))
                : V1.ProductUpdate.Parser.ParseFrom(value);
            wrong = Check(message);
            return wrong.Length == 0 ? ToCore(message) : null;
        }
        catch (Exception broken) when (broken is IOException or ArgumentException
            or FormatException or InvalidOperationException or OverflowException)
        {
            wrong = $"the value is no ProductUpdate: {broken.Message}";
            return null;
        }
    }

    public static V1.ProductUpdate ToProto(ProductUpdate update) =>
        MessageWriter.Read(V1.ProductUpdate.Parser, to => Write(update, to));

    /// <summary>Its fields.</summary>
    internal static void Write(ProductUpdate update, MessageWriter to)
    {
        to.String(V1.ProductUpdate.UpdateIdFieldNumber, update.Id);
        to.String(V1.ProductUpdate.TitleFieldNumber, update.Title);
        to.Packed(V1.ProductUpdate.ReasonsFieldNumber, update.Reasons, reason => (long)reason);
        to.Strings(V1.ProductUpdate.TagsFieldNumber, update.Tags);
        to.Time(V1.ProductUpdate.PublishTimeFieldNumber, update.PublishTime);
        to.Time(V1.ProductUpdate.ReturnUntilTimeFieldNumber, update.ReturnUntil);
    }

    internal static ProductUpdate ToCore(V1.ProductUpdate message) => new(
        message.UpdateId,
        message.Title,
        message.Reasons.Select(reason => (LapseReason)reason).ToArray(),
        message.Tags.ToArray(),
        message.PublishTime.ToDateTimeOffset(),
        message.ReturnUntilTime?.ToDateTimeOffset());

    /// <summary>A reason of a newer producer concerns nobody here, and is passed over.</summary>
    private static string Check(V1.ProductUpdate message)
    {
        if (!IsOf(message.UpdateId, 64)) return "update_id: 1 to 64 bytes are required";
        if (!IsOf(message.Title, 200)) return "title: 1 to 200 bytes are required";
        if (message.Reasons.Contains(V1.LapseReason.Unspecified)) return "reasons: one is unspecified; leave it out";
        if (message.Tags.Count > MaxTags || message.Tags.Any(tag => !IsOf(tag, 64))) return $"tags: at most {MaxTags} of 1 to 64 bytes are allowed";
        if (!IsTime(message.PublishTime)) return "publish_time is missing or out of range; set it (UTC)";
        if (message.ReturnUntilTime is not { } until) return "";
        return IsTime(until) && until > message.PublishTime ? "" : "return_until_time is not after publish_time";
    }

    private static bool IsOf(string text, int maxBytes) => text.Length > 0 && Encoding.UTF8.GetByteCount(text) <= maxBytes;

    private static bool IsTime(Timestamp? time) => time is { Seconds: >= 0 and <= 253_402_300_799, Nanos: >= 0 and <= 999_999_999 };
}
