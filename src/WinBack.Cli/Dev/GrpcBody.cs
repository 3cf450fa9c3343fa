using System.Buffers.Binary;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace WinBack.Cli.Dev;

/// <summary>
/// The body of a gRPC request as it goes over HTTP/2, for tools that know HTTP but not gRPC: a zero byte (not compressed), the
/// length in four bytes, big-endian, and the protobuf message.
/// </summary>
internal static class GrpcBody
{
    private const int PrefixBytes = 5;

    private static readonly FileDescriptor[] Files =
    [
        V1.DecisionServiceReflection.Descriptor, V1.CustomerServiceReflection.Descriptor, V1.ModelServiceReflection.Descriptor,
        Grpc.Health.V1.HealthReflection.Descriptor,
    ];

    /// <summary>Every method that has a body, as "package.Service/Method".</summary>
    internal static IEnumerable<string> Methods => Files.SelectMany(f => f.Services).SelectMany(s => s.Methods).Select(PathOf);

    /// <param name="method">One of <see cref="Methods"/>.</param>
    /// <param name="json">The request message.</param>
    /// <exception cref="BadInputException">There is no such method, or the JSON is not its request.</exception>
    internal static byte[] Of(string method, string json)
    {
        MethodDescriptor found = Files.SelectMany(f => f.Services).SelectMany(s => s.Methods).FirstOrDefault(m => PathOf(m) == method)
            ?? throw new BadInputException($"--method {method}: there is no such method; there are {string.Join(", ", Methods)}");
        try
        {
            return Of(new JsonParser(JsonParser.Settings.Default).Parse(json, found.InputType));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException)
        {
            throw new BadInputException($"--json: this is no {found.InputType.FullName}: {e.Message}", e);
        }
    }

    internal static byte[] Of(IMessage message)
    {
        byte[] body = new byte[PrefixBytes + message.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(1), body.Length - PrefixBytes);
        message.WriteTo(body.AsSpan(PrefixBytes));
        return body;
    }

    private static string PathOf(MethodDescriptor method) => $"{method.Service.FullName}/{method.Name}";
}
