using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;

namespace Standins.Tests.Grpc;

/// <summary>Call credentials, channel credentials and what the server learns of the peer.</summary>
public sealed class GrpcCredentialsTests
{
    private static readonly ServerServiceDefinition Headers = Methods.Handle((request, context) => Task.FromResult(
        $"{context.RequestHeaders.GetValue("authorization")} {context.RequestHeaders.GetValue("tenant")}".Trim()));

    [Fact]
    public async Task CallCredentials_Composed_AddTheirHeadersToEachCall()
    {
        await using GrpcServer server = await GrpcServer.StartAsync(Headers);
        using GrpcChannel channel = server.Connect(options => options.UnsafeUseInsecureChannelCallCredentials = true);
        CallCredentials credentials = CallCredentials.Compose(Add("authorization", "Bearer t"), Add("tenant", "acme"));

        string seen = await channel.CreateCallInvoker()
            .AsyncUnaryCall(Methods.Unary, null, new CallOptions(credentials: credentials), "x");

        Assert.Equal("Bearer t acme", seen);
    }

    [Fact]
    public async Task CallCredentials_Context_NamesServiceAndMethod()
    {
        AuthInterceptorContext? asked = null;
        await using GrpcServer server = await GrpcServer.StartAsync(Headers);
        using GrpcChannel channel = server.Connect(options => options.UnsafeUseInsecureChannelCallCredentials = true);
        CallCredentials credentials = CallCredentials.FromInterceptor((context, _) =>
        {
            asked = context;
            return Task.CompletedTask;
        });

        await channel.CreateCallInvoker()
            .AsyncUnaryCall(Methods.Unary, null, default(CallOptions).WithCredentials(credentials), "x");

        Assert.Equal("Unary", asked!.MethodName);
        Assert.EndsWith("/" + Methods.ServiceName, asked.ServiceUrl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChannelCredentials_OverTls_CarryCallCredentialsAndTheClientCertificate()
    {
        using X509Certificate2 serverCertificate = SelfSigned("localhost");
        using X509Certificate2 clientCertificate = SelfSigned("caller-7");
        await using GrpcServer server = await GrpcServer.StartAsync(
            Methods.Handle((_, context) => Task.FromResult(
                context.RequestHeaders.GetValue("authorization") + "|" +
                string.Join(',', context.AuthContext.PeerIdentity.Select(property => property.Value)) + "|" +
                context.AuthContext.IsPeerAuthenticated)),
            certificate: serverCertificate);
        using GrpcChannel channel = server.Connect(options =>
        {
            options.Credentials = ChannelCredentials.Create(ChannelCredentials.SecureSsl, Add("authorization", "Bearer t"));
            options.HttpHandler = new SocketsHttpHandler
            {
                SslOptions = new SslClientAuthenticationOptions
                {
                    RemoteCertificateValidationCallback = (_, _, _, _) => true,
                    ClientCertificates = [clientCertificate],
                },
            };
        });

        string[] seen = (await channel.CreateCallInvoker().AsyncUnaryCall(Methods.Unary, null, default, "x")).Split('|');

        Assert.Equal("Bearer t", seen[0]);
        Assert.Contains("caller-7", seen[1], StringComparison.Ordinal);
        Assert.Equal("True", seen[2]);
    }

    [Fact]
    public void ChannelCredentials_PlainText_RefuseCallCredentials()
    {
        Assert.Throws<ArgumentException>(() => ChannelCredentials.Create(ChannelCredentials.Insecure, Add("a", "b")));
        Assert.Throws<ArgumentException>(() => CallCredentials.Compose(Add("a", "b")));
    }

    private static CallCredentials Add(string key, string value) => CallCredentials.FromInterceptor((_, metadata) =>
    {
        metadata.Add(key, value);
        return Task.CompletedTask;
    });

    private static X509Certificate2 SelfSigned(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
