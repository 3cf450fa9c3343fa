using Grpc.Core;

namespace Standins.Tests.Grpc;

/// <summary>Methods over plain text, written by hand as generated code would write them.</summary>
internal static class Methods
{
    public const string ServiceName = "standins.test.v1.Text";

    public static readonly Method<string, string> Unary = Of(MethodType.Unary, "Unary");
    public static readonly Method<string, string> ClientStreaming = Of(MethodType.ClientStreaming, "ClientStreaming");
    public static readonly Method<string, string> ServerStreaming = Of(MethodType.ServerStreaming, "ServerStreaming");
    public static readonly Method<string, string> Duplex = Of(MethodType.DuplexStreaming, "Duplex");

    /// <summary>A service of the unary method alone.</summary>
    public static ServerServiceDefinition Handle(UnaryServerMethod<string, string> handler) =>
        ServerServiceDefinition.CreateBuilder().AddMethod(Unary, handler).Build();

    /// <summary>All four kinds of call; streams are joined or split at spaces.</summary>
    public static ServerServiceDefinition EchoAll() => EchoAllBuilder().Build();

    /// <summary>The same, to add more methods to.</summary>
    public static ServerServiceDefinition.Builder EchoAllBuilder() => ServerServiceDefinition.CreateBuilder()
        .AddMethod(Unary, (request, _) => Task.FromResult(request))
        .AddMethod(ClientStreaming, async (requests, _) => string.Join(' ', await ReadAsync(requests)))
        .AddMethod(ServerStreaming, async (request, responses, _) => await WriteAsync(responses, request.Split(' ')))
        .AddMethod(Duplex, async (requests, responses, _) =>
        {
            await foreach (string request in requests.ReadAllAsync())
            {
                await responses.WriteAsync(request);
            }
        });

    public static async Task<List<string>> ReadAsync(IAsyncStreamReader<string> reader)
    {
        List<string> messages = [];
        await foreach (string message in reader.ReadAllAsync())
        {
            messages.Add(message);
        }

        return messages;
    }

    public static async Task WriteAsync(IAsyncStreamWriter<string> writer, IEnumerable<string> messages)
    {
        foreach (string message in messages)
        {
            await writer.WriteAsync(message);
        }
    }

    private static Method<string, string> Of(MethodType type, string name) =>
        new(type, ServiceName, name, Marshallers.StringMarshaller, Marshallers.StringMarshaller);
}
