using System.Collections.Concurrent;
using System.Net;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WinBack.IntegrationTests.Tracing;

/// <summary>An OTLP receiver of traces for both protocols, each on a port of its own: it keeps what it gets.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private const int FrameHead = 5;
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<OtlpSpan> _spans = new();

    private OtlpReceiver()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        // The service's own settings lie beside the tests: its ports are not this one's.
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        _app = builder.Build();
        _app.MapPost("/v1/traces", async (HttpContext http) =>
        {
            Keep(await BodyAsync(http));
            http.Response.ContentType = "application/x-protobuf";
        });
        _app.MapPost("/opentelemetry.proto.collector.trace.v1.TraceService/Export", async (HttpContext http) =>
        {
            // A gRPC message: whether it is compressed, its length, itself. The answer is an empty one.
            Keep(ByteString.CopyFrom((await BodyAsync(http)).Span[FrameHead..]));
            http.Response.ContentType = "application/grpc";
            await http.Response.Body.WriteAsync(new byte[FrameHead]);
            http.Response.AppendTrailer("grpc-status", "0");
        });
    }

    /// <summary>"http://127.0.0.1:PORT", for http/protobuf.</summary>
    internal string Http => Addresses().First();

    /// <summary>The same, for grpc.</summary>
    internal string Grpc => Addresses().Last();

    internal IReadOnlyList<OtlpSpan> Spans => [.. _spans];

    internal static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private ICollection<string> Addresses() =>
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;

    private static Task<ByteString> BodyAsync(HttpContext http) => ByteString.FromStreamAsync(http.Request.Body);

    private void Keep(ByteString request)
    {
        foreach (OtlpSpan span in OtlpReader.Read(request)) _spans.Enqueue(span);
    }
}
