using System.Text;
using Google.Protobuf;
using WinBack.Core.Events;

namespace WinBack.Adapters.Wire;

/// <summary>
/// Decodes the key and value of a Kafka record into an event, or into the fault that makes it a dead letter. What a
/// newer producer may add (fields, kinds, enum values) is passed over; what no version allows is refused by field.
/// </summary>
/// <param name="partitionCount">Partitions of every event topic.</param>
/// <param name="currency">The one currency of the fold (ISO 4217).</param>
public sealed class EventReader(int partitionCount, string currency)
{
    public const string ProtobufContentType = "application/x-protobuf";
    public const string JsonContentType = "application/json";

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <param name="ingestTime">The record's time stamp; null when it has none.</param>
    /// <param name="contentType">The content-type header; null stands for protobuf.</param>
    public EventRecord Read(
        EventStream stream,
        int partition,
        long offset,
        DateTimeOffset? ingestTime,
        byte[]? key,
        byte[]? value,
        string? contentType)
    {
        RecordFault fault = Decode(partition, key, value, contentType, out CustomerEvent? e, out string detail);
        if (fault == RecordFault.None && ingestTime is null)
            (fault, detail) = (RecordFault.NoTimestamp, "set a create time, or message.timestamp.type=LogAppendTime");
        return new EventRecord(
            stream, partition, offset, ingestTime ?? DateTimeOffset.UnixEpoch,
            fault == RecordFault.None ? e : null, fault, detail);
    }

    private RecordFault Decode(
        int partition, byte[]? key, byte[]? value, string? contentType, out CustomerEvent? e, out string detail)
    {
        e = null;
        if (value is not { Length: > 0 })
        {
            detail = "the value is empty; a CustomerEvent is expected";
            return RecordFault.EmptyValue;
        }

        if (Parse(value, contentType ?? ProtobufContentType, out V1.CustomerEvent? message, out detail) is var parsed and not RecordFault.None)
            return parsed;
        if (EventMapper.ToCore(message!, currency, out e) is { } wrong)
        {
            detail = wrong;
            return RecordFault.InvalidField;
        }

        return CheckKey(partition, key, e!.Customer, out detail);
    }

    private static RecordFault Parse(byte[] value, string contentType, out V1.CustomerEvent? message, out string detail)
    {
        message = null;
        detail = "";
        try
        {
            if (IsMediaType(contentType, ProtobufContentType) || IsMediaType(contentType, "application/protobuf"))
            {
                message = V1.CustomerEvent.Parser.ParseFrom(value.AsSpan());
                return RecordFault.None;
            }

            if (IsMediaType(contentType, JsonContentType))
            {
                message = Json.Parse<V1.CustomerEvent>(Utf8.GetString(value));
                return RecordFault.None;
            }

            detail = $"content-type '{contentType}'; use {ProtobufContentType} or {JsonContentType}";
            return RecordFault.UnknownContentType;
        }
        catch (Exception broken) when (broken is IOException or ArgumentException
            or FormatException or InvalidOperationException or OverflowException)
        {
            // IOException is the base of InvalidProtocolBufferException and of InvalidJsonException.
            detail = $"the value is no CustomerEvent as {contentType}: {broken.Message}";
            return RecordFault.Undecodable;
        }
    }

    /// <summary>Compares without parameters such as the charset: both formats are UTF-8 by definition.</summary>
    private static bool IsMediaType(string contentType, string expected)
    {
        ReadOnlySpan<char> given = contentType;
        if (given.IndexOf(';') is var end and >= 0) given = given[..end];
        return given.Trim().Equals(expected, StringComparison.OrdinalIgnoreCase);
    }

    private RecordFault CheckKey(int partition, byte[]? key, CustomerId customer, out string detail)
    {
        Span<byte> name = stackalloc byte[EventMapper.MaxNameBytes];
        if (key is null || !key.AsSpan().SequenceEqual(name[..Encoding.UTF8.GetBytes(customer.Value, name)]))
        {
            detail = "the record key must be customer_id in UTF-8";
            return RecordFault.KeyMismatch;
        }

        int expected = CustomerPartition.Of(key, partitionCount);
        detail = expected == partition
            ? ""
            : $"murmur2 of the key gives partition {expected}: set the producer's partitioner to murmur2_random";
        return expected == partition ? RecordFault.None : RecordFault.WrongPartition;
    }
}
