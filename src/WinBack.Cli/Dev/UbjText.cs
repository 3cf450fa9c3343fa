using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace WinBack.Cli.Dev;

/// <summary>JSON as universal binary JSON, the way XGBoost writes it: typed arrays of numbers, counts as 64 bits, big-endian.</summary>
internal static class UbjText
{
    internal static byte[] FromJson(string json)
    {
        using var document = JsonDocument.Parse(json);
        using var bytes = new MemoryStream();
        Write(bytes, document.RootElement);
        return bytes.ToArray();
    }

    private static void Write(MemoryStream bytes, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                bytes.WriteByte((byte)'{');
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    WriteText(bytes, member.Name);
                    Write(bytes, member.Value);
                }

                bytes.WriteByte((byte)'}');
                break;
            case JsonValueKind.Array when value.GetArrayLength() > 0 && value[0].ValueKind == JsonValueKind.Number:
                bytes.Write("[$d#"u8);
                WriteLength(bytes, value.GetArrayLength());
                foreach (JsonElement number in value.EnumerateArray()) WriteSingle(bytes, number.GetSingle());
                break;
            case JsonValueKind.Array:
                bytes.Write("[#"u8);
                WriteLength(bytes, value.GetArrayLength());
                foreach (JsonElement item in value.EnumerateArray()) Write(bytes, item);
                break;
            case JsonValueKind.String:
                bytes.WriteByte((byte)'S');
                WriteText(bytes, value.GetString()!);
                break;
            default:
                bytes.WriteByte((byte)'d');
                WriteSingle(bytes, value.GetSingle());
                break;
        }
    }

    private static void WriteText(MemoryStream bytes, string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        WriteLength(bytes, utf8.Length);
        bytes.Write(utf8);
    }

    private static void WriteLength(MemoryStream bytes, long length)
    {
        Span<byte> number = stackalloc byte[1 + sizeof(long)];
        number[0] = (byte)'L';
        BinaryPrimitives.WriteInt64BigEndian(number[1..], length);
        bytes.Write(number);
    }

    private static void WriteSingle(MemoryStream bytes, float value)
    {
        Span<byte> number = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleBigEndian(number, value);
        bytes.Write(number);
    }
}
