using System.Text;
using Google.Protobuf;
using WinBack.Adapters.Wire;
using WinBack.Core.Events;
using WinBack.Testing.Oracles;

namespace WinBack.Tests.Wire;

public sealed class EventReaderTests
{
    [Fact]
    public void Read_RightRecord_CarriesWhereItCameFrom()
    {
        EventRecord record = Messages.Read(Messages.Login());
        Assert.Equal(RecordFault.None, record.Fault);
        Assert.Equal("", record.FaultDetail);
        Assert.Equal(
            (EventStream.Login, 0, 7L, Messages.Time), (record.Stream, record.Partition, record.Offset, record.IngestTime));
        Assert.Equal(new LoginPayload("phone"), record.Event!.Payload);
        Assert.Equal(("e1", "c1", Messages.Time), (record.Event.Id.Value, record.Event.Customer.Value, record.Event.EventTime));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/x-protobuf")]
    [InlineData("application/protobuf")]
    public void Accepts_ProtobufContentTypes(string? contentType) =>
        Assert.Equal(RecordFault.None, Messages.Read(Messages.Login().ToByteArray(), contentType).Fault);

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON;charset=UTF-8")]
    public void Accepts_JsonContentTypes(string contentType) =>
        Assert.Equal(
            RecordFault.None, Messages.Read(Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(Messages.Login())), contentType).Fault);

    [Theory]
    [InlineData("")]
    [InlineData("text/csv")]
    [InlineData("application/jsonx")]
    public void Rejects_OtherContentTypes_NamesThoseRead(string contentType) =>
        AssertFault(
            Messages.Read(Messages.Login().ToByteArray(), contentType), RecordFault.UnknownContentType,
            "application/x-protobuf", "application/json");

    [Fact]
    public void Rejects_NoValue()
    {
        AssertFault(Messages.Read((byte[]?)null), RecordFault.EmptyValue, "CustomerEvent");
        AssertFault(Messages.Read([]), RecordFault.EmptyValue, "CustomerEvent");
    }

    [Fact]
    public void Rejects_BytesThatAreNoMessage() =>
        AssertFault(Messages.Read([0xff, 0xff, 0x01]), RecordFault.Undecodable, "application/x-protobuf");

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("not json")]
    [InlineData("{")]
    [InlineData("{\"eventId\": ")]
    [InlineData("{\"eventId\": \"e1\"")]
    [InlineData("{\"eventId\": \"e1\",}")]
    [InlineData("{\"eventId\": \"\\x\"}")]
    [InlineData("{\"eventId\": \"\\ud800\"}")]
    [InlineData("{\"eventId\": 01}")]
    [InlineData("{\"eventId\": 7}")]
    [InlineData("{\"usage\": {\"quantity\": 1e400}}")]
    [InlineData("{\"usage\": {\"quantity\": 99999999999999999999}}")]
    [InlineData("{\"usage\": {\"quantity\": 1.5}}")]
    [InlineData("{\"usage\": 5}")]
    [InlineData("{\"eventTime\": \"yesterday\"}")]
    [InlineData("{\"eventTime\": \"2026-02-30T00:00:00Z\"}")]
    [InlineData("{\"login\": {}, \"usage\": {}}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{} {}")]
    public void Rejects_JsonThatIsNoMessage(string json)
    {
        EventRecord record = Messages.ReadJson(json);
        Assert.Contains(record.Fault, new[] { RecordFault.Undecodable, RecordFault.EmptyValue });
        Assert.Null(record.Event);
    }

    [Fact]
    public void Rejects_JsonNestedTooDeep() =>
        AssertFault(
            Messages.ReadJson(string.Concat(Enumerable.Repeat("{\"x\":", 10_000))), RecordFault.Undecodable, "application/json");

    [Fact]
    public void Rejects_JsonThatIsNotUtf8() =>
        AssertFault(
            Messages.Read([.. "{\"eventId\":\""u8, 0xff, .. "\"}"u8], "application/json"), RecordFault.Undecodable, "application/json");

    [Fact]
    public void Rejects_MissingOrOtherKey()
    {
        AssertFault(Messages.Read(Messages.Login().ToByteArray(), key: null), RecordFault.KeyMismatch, "customer_id");
        AssertFault(Messages.Read(Messages.Login().ToByteArray(), key: "c2"), RecordFault.KeyMismatch, "customer_id");
        AssertFault(Messages.Read(Messages.Login().ToByteArray(), key: ""), RecordFault.KeyMismatch, "customer_id");
    }

    [Fact]
    public void Rejects_WrongPartition_NamesTheRightOneAndThePartitioner()
    {
        int right = CustomerPartition.Of(new CustomerId("c1"), 8);
        var reader = new EventReader(8, "GBP");
        byte[] value = Messages.Login().ToByteArray();
        for (int p = 0; p < 8; p++)
        {
            EventRecord record = reader.Read(EventStream.Login, p, 0, Messages.Time, "c1"u8.ToArray(), value, null);
            if (p == right) Assert.Equal(RecordFault.None, record.Fault);
            else AssertFault(record, RecordFault.WrongPartition, $"partition {right}", "murmur2_random");
        }
    }

    [Fact]
    public void Rejects_NoTimestamp() =>
        AssertFault(
            new EventReader(1, "GBP").Read(EventStream.Login, 0, 0, null, "c1"u8.ToArray(), Messages.Login().ToByteArray(), null),
            RecordFault.NoTimestamp, "LogAppendTime");

    /// <summary>Fields of a newer proto, by number (protobuf) and by name (JSON).</summary>
    [Fact]
    public void Accepts_UnknownFields()
    {
        byte[] unknownField = [0xfa, 0x3e, 3, 1, 2, 3];
        EventRecord binary = Messages.Read([.. Messages.Login().ToByteArray(), .. unknownField]);
        Assert.Equal(new LoginPayload("phone"), binary.Event!.Payload);
        EventRecord json = Messages.ReadJson(
            WithPayload("""{"login":{"device":"phone","new":[1]},"newer":{"a":1}}"""));
        Assert.Equal(new LoginPayload("phone"), json.Event!.Payload);
    }

    [Fact]
    public void Accepts_JsonWithNewerEnumNumber_AsUnknownKind() =>
        Assert.Same(UnknownPayload.Instance, Messages.ReadJson(WithPayload("""{"billing":{"kind":99}}""")).Event!.Payload);

    /// <summary>The name of a newer value cannot be told from a misspelt one, so the record is kept as a dead letter.</summary>
    [Fact]
    public void Rejects_JsonWithUnknownEnumName_NamesIt() =>
        AssertFault(
            Messages.ReadJson(WithPayload("""{"billing":{"kind":"KIND_CHARGEBACK"}}""")), RecordFault.Undecodable, "KIND_CHARGEBACK");

    [Fact]
    public void Accepts_JsonWithProtoFieldNames()
    {
        EventRecord json = Messages.ReadJson(
            """
            {"event_id":"e1","customer_id":"c1","event_time":"2026-03-01T13:00:00+01:00","usage":{"feature":"f","duration_seconds":"5"}}
            """);
        Assert.Equal(new UsagePayload("f", 1, 5, 0), json.Event!.Payload);
        Assert.Equal(Messages.Time, json.Event.EventTime);
    }

    [Fact]
    public void Read_JsonAndProtobufOfTheSameMessages_Agree()
    {
        foreach (LogRecord record in RandomLog.Generate(11, new RandomLogOptions { Records = 500, Json = 0, Poison = 0, Partitions = 1 }))
        {
            V1.CustomerEvent message = V1.CustomerEvent.Parser.ParseFrom(record.Value);
            EventRecord binary = Messages.Read(message);
            EventRecord json = Messages.ReadJson(JsonFormatter.Default.Format(message), message.CustomerId);
            Assert.Equal(binary, json);
        }
    }

    /// <summary>Whatever is in a record, reading it gives an event or a fault, and never throws: a worker must get past it.</summary>
    [Fact]
    public void Read_RandomlyDamagedValues_NeverThrows()
    {
        var random = new Random(20261122);
        IReadOnlyList<LogRecord> log = RandomLog.Generate(3, new RandomLogOptions { Records = 400, Json = 0.5, Poison = 0 });
        for (int i = 0; i < 20_000; i++)
        {
            LogRecord record = log[random.Next(log.Count)];
            byte[] value = [.. record.Value!];
            for (int n = random.Next(1, 5); n > 0; n--) value[random.Next(value.Length)] = (byte)random.Next(256);
            if (random.Next(3) == 0) value = value[..random.Next(value.Length)];
            EventRecord read = Messages.Read(value, record.ContentType, Encoding.UTF8.GetString(record.Key!));
            Assert.True(read.Event is null == (read.Fault != RecordFault.None), $"value {Convert.ToHexString(value)}");
            if (read.Fault != RecordFault.None) Assert.NotEqual("", read.FaultDetail);
        }
    }

    private static string WithPayload(string payload) =>
        """{"eventId":"e1","customerId":"c1","eventTime":"2026-03-01T12:00:00Z",""" + payload[1..];

    private static void AssertFault(EventRecord record, RecordFault fault, params string[] named)
    {
        Assert.Equal(fault, record.Fault);
        Assert.Null(record.Event);
        Assert.All(named, word => Assert.Contains(word, record.FaultDetail, StringComparison.Ordinal));
    }
}
