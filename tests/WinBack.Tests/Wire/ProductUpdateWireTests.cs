using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WinBack.Adapters.Wire;
using WinBack.Core.Policy.Updates;

namespace WinBack.Tests.Wire;

public sealed class ProductUpdateWireTests
{
    public static TheoryData<string, Action<V1.ProductUpdate>> Faults => new()
    {
        { "update_id", u => u.UpdateId = "" },
        { "title", u => u.Title = new string('x', 201) },
        { "reasons", u => u.Reasons.Add(V1.LapseReason.Unspecified) },
        { "tags", u => u.Tags.Add("") },
        { "publish_time", u => u.PublishTime = null },
        { "return_until_time", u => u.ReturnUntilTime = u.PublishTime },
    };

    [Fact]
    public void Update_AsProtobufOrJson_IsTheSame()
    {
        V1.ProductUpdate message = Message();
        ProductUpdate update = ProductUpdateWire.Read(message.ToByteArray(), null, out _)!;
        Assert.Equal(message, ProductUpdateWire.ToProto(update));
        byte[] json = Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(message));
        Assert.Equivalent(update, ProductUpdateWire.Read(json, "application/json; charset=utf-8", out _), strict: true);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Update_WithAFault_IsRefusedByField(string field, Action<V1.ProductUpdate> fault)
    {
        V1.ProductUpdate message = Message();
        fault(message);
        Assert.Null(ProductUpdateWire.Read(message.ToByteArray(), null, out string wrong));
        Assert.StartsWith(field, wrong);
    }

    [Fact]
    public void Bytes_ThatAreNoUpdate_AreRefused()
    {
        Assert.Null(ProductUpdateWire.Read([255, 255, 255], null, out string wrong));
        Assert.StartsWith("the value is no ProductUpdate", wrong);
    }

    private static V1.ProductUpdate Message() => new()
    {
        UpdateId = "u1",
        Title = "Calendar sync",
        Reasons = { V1.LapseReason.ProductFit, V1.LapseReason.Switching },
        Tags = { "calendar sync" },
        PublishTime = new Timestamp { Seconds = 1_800_000_000 },
        ReturnUntilTime = new Timestamp { Seconds = 1_802_000_000 },
    };
}
