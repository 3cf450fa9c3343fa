using System.IO.Compression;
using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Compression;

namespace Standins.Tests.Grpc;

/// <summary>gzip and deflate in both directions, and the streams themselves.</summary>
public sealed class GrpcCompressionTests
{
    private static readonly string Long = new('a', 100_000);

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Messages_BothDirections_AreSentCompressed(string encoding)
    {
        string? requestEncoding = null;
        string? responseEncoding = null;
        await using GrpcServer server = await GrpcServer.StartAsync(
            Methods.EchoAll(),
            options =>
            {
                options.CompressionProviders = [Provider(encoding)];
                options.ResponseCompressionAlgorithm = encoding;
            },
            async (context, next) =>
            {
                requestEncoding = context.Request.Headers["grpc-encoding"];
                await next(context);
                responseEncoding = context.Response.Headers["grpc-encoding"];
            });
        using GrpcChannel channel = server.Connect(options => options.CompressionProviders = [Provider(encoding)]);
        var headers = new Metadata { { "grpc-internal-encoding-request", encoding } };

        string response = await channel.CreateCallInvoker()
            .AsyncUnaryCall(Methods.Unary, null, new CallOptions(headers), Long);

        Assert.Equal(Long, response);
        Assert.Equal(encoding, requestEncoding);
        Assert.Equal(encoding, responseEncoding);
    }

    [Fact]
    public async Task Message_NoCompressFlag_IsSentPlain()
    {
        Assert.Equal(0, await CompressedFlagAsync(Methods.Handle((request, context) =>
        {
            context.WriteOptions = new WriteOptions(WriteFlags.NoCompress);
            return Task.FromResult(request);
        })));
        Assert.Equal(1, await CompressedFlagAsync(Methods.EchoAll()));
    }

    [Theory]
    [InlineData("gzip", 0x1f, 0x8b)]
    [InlineData("deflate", 0x78, null)]
    public void Streams_RoundTrip_LeaveTheInnerStreamOpen(string encoding, int first, int? second)
    {
        ICompressionProvider provider = Provider(encoding);
        var inner = new MemoryStream();
        byte[] payload = System.Text.Encoding.UTF8.GetBytes(Long);
        using (Stream compression = provider.CreateCompressionStream(inner, CompressionLevel.SmallestSize))
        {
            compression.Write(payload);
        }

        Assert.True(inner.CanRead);
        byte[] compressed = inner.ToArray();
        Assert.Equal(first, compressed[0]);
        Assert.True(second is null || compressed[1] == second);
        Assert.InRange(compressed.Length, 1, payload.Length / 100);

        inner.Position = 0;
        var back = new MemoryStream();
        using (Stream decompression = provider.CreateDecompressionStream(inner))
        {
            decompression.CopyTo(back);
        }

        Assert.True(inner.CanRead);
        Assert.Equal(payload, back.ToArray());
        Assert.Equal(encoding, provider.EncodingName);
    }

    private static ICompressionProvider Provider(string encoding) => encoding == "gzip"
        ? new GzipCompressionProvider(CompressionLevel.Fastest)
        : new DeflateCompressionProvider(CompressionLevel.Fastest);

    /// <summary>The first byte of the response frame, read off the wire: 1 = compressed, 0 = plain.</summary>
    private static async Task<int> CompressedFlagAsync(ServerServiceDefinition service)
    {
        await using GrpcServer server = await GrpcServer.StartAsync(
            service, options => options.ResponseCompressionAlgorithm = "gzip");
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, Methods.Unary.FullName))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([0, 0, 0, 0, 3, (byte)'a', (byte)'b', (byte)'c']),
        };
        request.Content.Headers.ContentType = new("application/grpc");
        request.Headers.Add("grpc-accept-encoding", "gzip");
        using HttpResponseMessage response = await client.SendAsync(request);
        byte[] frame = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal("0", response.TrailingHeaders.GetValues("grpc-status").Single());
        return frame[0];
    }
}
