using System.Collections.Concurrent;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WinBack.Service.Grpc;
using WinBack.V1;

namespace WinBack.IntegrationTests.Grpc;

/// <summary>Health and reflection on a real Kestrel server on a free loopback port; keeps what it logs as an error.</summary>
internal sealed class StandardServicesServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ErrorLog errors;

    private StandardServicesServer(WebApplication app, ErrorLog errors)
    {
        this.app = app;
        this.errors = errors;
    }

    public ServingStatuses Statuses => app.Services.GetRequiredService<ServingStatuses>();

    public IReadOnlyCollection<string> LoggedErrors => errors.Lines;

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<StandardServicesServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        // The service's own settings lie beside the tests: it would listen on their ports too, which another process may have.
        builder.Configuration.Sources.Clear();
        var errors = new ErrorLog();
        builder.Logging.ClearProviders().AddProvider(errors);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        // Far beyond the patience of any test: a call that holds up the stop is seen, not cut off.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMinutes(10));
        builder.Services.AddGrpc();
        builder.Services.AddStandardGrpcServices(DecisionService.Descriptor, CustomerService.Descriptor, ModelService.Descriptor);
        var app = builder.Build();
        app.MapStandardGrpcServices();
        await app.StartAsync();
        return new StandardServicesServer(app, errors);
    }

    public GrpcChannel Connect() => GrpcChannel.ForAddress(Address);

    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private sealed class ErrorLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) Lines.Enqueue($"{formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
        }
    }
}
