using System.Security.Cryptography.X509Certificates;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Standins.Tests.Grpc;

/// <summary>A real Kestrel server with the real Grpc.AspNetCore.Server on a free loopback port.</summary>
internal sealed class GrpcServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private GrpcServer(WebApplication app) => this.app = app;

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features
        .GetRequiredFeature<IServerAddressesFeature>().Addresses.First());

    /// <param name="middleware">Sees each HTTP request around the call.</param>
    /// <param name="certificate">Given: TLS with this certificate, and any client certificate is let in.</param>
    /// <param name="port">0: any free one.</param>
    public static async Task<GrpcServer> StartAsync(
        Action<IEndpointRouteBuilder> map,
        Action<GrpcServiceOptions>? options = null,
        Func<HttpContext, RequestDelegate, Task>? middleware = null,
        X509Certificate2? certificate = null,
        int port = 0)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(
            System.Net.IPAddress.Loopback, port, listen => Listen(listen, certificate)));
        builder.Services.AddGrpc(options ?? (_ => { }));
        WebApplication app = builder.Build();
        if (middleware is not null)
        {
            app.Use(middleware);
        }

        // Endpoints run after the middleware above, not at the front of the pipeline.
        app.UseRouting();
        map(app);
        await app.StartAsync();
        return new GrpcServer(app);
    }

    public static Task<GrpcServer> StartAsync(
        ServerServiceDefinition service,
        Action<GrpcServiceOptions>? options = null,
        Func<HttpContext, RequestDelegate, Task>? middleware = null,
        X509Certificate2? certificate = null,
        int port = 0) =>
        StartAsync(routes => routes.MapGrpcService(service), options, middleware, certificate, port);

    public GrpcChannel Connect(Action<GrpcChannelOptions>? configure = null)
    {
        var options = new GrpcChannelOptions();
        configure?.Invoke(options);
        return GrpcChannel.ForAddress(Address, options);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static void Listen(ListenOptions listen, X509Certificate2? certificate)
    {
        listen.Protocols = HttpProtocols.Http2;
        if (certificate is not null)
        {
            listen.UseHttps(certificate, https =>
            {
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.AllowAnyClientCertificate();
            });
        }
    }
}
