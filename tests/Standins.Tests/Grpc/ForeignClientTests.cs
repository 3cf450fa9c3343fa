using System.Diagnostics;
using System.Text.Json;
using Grpc.Core;

namespace Standins.Tests.Grpc;

/// <summary>python3-grpcio (grpc's C core) against our server: neither end can make up for the other's mistakes.</summary>
public sealed class ForeignClientTests
{
    private const string Python = "/usr/bin/python3";
    private const string Needed = "This test needs the Debian package python3-grpcio: apt-get install -y python3-grpcio";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Python_AllKindsOfCall_WorkAgainstTheServer()
    {
        byte[]? token = null;
        await using GrpcServer server = await GrpcServer.StartAsync(Service(seen => token = seen));

        Dictionary<string, JsonElement> seen = await RunPythonAsync(server.Address.Authority);

        string text = string.Concat(Enumerable.Repeat("hello ", 1000));
        Assert.All(["plain", "gzip", "deflate"], name => Assert.Equal(text, seen["unary " + name].GetString()));
        Assert.Equal(["one", "two", "three"], Texts(seen["server stream"]));
        Assert.Equal("four five", seen["client stream"].GetString());
        Assert.Equal(["six", "seven"], Texts(seen["duplex"]));
        Assert.Equal("DEADLINE_EXCEEDED", seen["deadline"].GetString());
        Assert.Equal("UNIMPLEMENTED", seen["unknown method"].GetString());
        Assert.Equal("RESOURCE_EXHAUSTED", seen["error"].GetProperty("code").GetString());
        Assert.Equal("wörk: 100 %", seen["error"].GetProperty("detail").GetString());
        JsonElement trailers = seen["error"].GetProperty("trailers");
        Assert.Equal("e-mail", trailers.GetProperty("channel").GetString());
        Assert.Equal([1, 0, 254], trailers.GetProperty("grpc-status-details-bin").EnumerateArray().Select(b => b.GetInt32()));
        Assert.Equal([0, 255, 7], token);
    }

    [Fact]
    public async Task Python_StatusCodes_HaveOurNumbers()
    {
        await using GrpcServer server = await GrpcServer.StartAsync(Service(_ => { }));
        Dictionary<string, JsonElement> seen = await RunPythonAsync(server.Address.Authority);
        Assert.Equal(
            seen["codes"].EnumerateObject().ToDictionary(code => code.Name, code => code.Value.GetInt32()).OrderBy(code => code.Value),
            Enum.GetValues<StatusCode>().Select(code => KeyValuePair.Create(code.ToString().ToLowerInvariant(), (int)code)));
    }

    private static IEnumerable<string?> Texts(JsonElement array) => array.EnumerateArray().Select(text => text.GetString());

    private static ServerServiceDefinition Service(Action<byte[]> token)
    {
        Method<string, string> Named(string name) => new(
            MethodType.Unary, Methods.ServiceName, name, Marshallers.StringMarshaller, Marshallers.StringMarshaller);
        return Methods.EchoAllBuilder()
            .AddMethod(Named("Fail"), (string _, ServerCallContext context) =>
            {
                token(context.RequestHeaders.GetValueBytes("token-bin")!);
                throw new RpcException(
                    new Status(StatusCode.ResourceExhausted, "wörk: 100 %"),
                    new Metadata { { "channel", "e-mail" }, { "grpc-status-details-bin", new byte[] { 1, 0, 254 } } });
            })
            .AddMethod(Named("Hang"), async (string _, ServerCallContext context) =>
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                return "";
            })
            .Build();
    }

    private static async Task<Dictionary<string, JsonElement>> RunPythonAsync(string target)
    {
        Assert.True(File.Exists(Python), $"{Python} is not there. {Needed}");
        string script = Path.Combine(AppContext.BaseDirectory, "Grpc", "foreign_client.py");
        using Process process = Process.Start(new ProcessStartInfo(Python, [script, target])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            using var limit = new CancellationTokenSource(Limit);
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            string errors = await process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            Assert.False(errors.Contains("No module named 'grpc'", StringComparison.Ordinal), Needed);
            Assert.True(process.ExitCode == 0, errors);
            return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement)
                .ToDictionary(line => line.GetProperty("name").GetString()!, line => line.GetProperty("value"));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
