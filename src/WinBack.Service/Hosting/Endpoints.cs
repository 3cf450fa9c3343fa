using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Prometheus;
using WinBack.Adapters.Kafka;
using WinBack.Adapters.Redis;
using WinBack.Service.Grpc;
using WinBack.Service.Grpc.Errors;
using WinBack.Service.Http;
using WinBack.Service.Serving;

namespace WinBack.Service.Hosting;

/// <summary>What listens: the gRPC services, health, reflection, metrics.</summary>
internal static class Endpoints
{
    private const int MaxMessageBytes = 1024 * 1024;
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    internal static void AddEndpoints(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CallFaults>();
        builder.Services.AddGrpc(options =>
        {
            options.Interceptors.Add<ErrorInterceptor>();
            options.MaxReceiveMessageSize = MaxMessageBytes;
        }).AddServiceOptions<ModelGrpcService>(options => options.MaxReceiveMessageSize = ModelRegistry.MaxPackageBytes + MaxMessageBytes);
        builder.Services.AddStandardGrpcServices(V1.DecisionService.Descriptor, V1.CustomerService.Descriptor, V1.ModelService.Descriptor);
        // Calls under way get this long to end; an orchestrator kills after 30 s.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
    }

    internal static void MapEndpoints(this WebApplication app)
    {
        ServiceOptions options = app.Services.GetRequiredService<IOptions<ServiceOptions>>().Value;
        if (options.Decides)
        {
            app.MapGrpcService<DecisionGrpcService>();
            app.MapGrpcService<CustomerGrpcService>();
            app.MapGrpcService<ModelGrpcService>();
            if (options.HttpApi) app.MapJsonApi();
        }

        app.MapStandardGrpcServices();
        app.MapMetrics();
        if (options.Decides) CounterStart.BeginAtZero();
        app.MapGet("/healthz/live", () => Results.Text("live\n"));
        app.MapGet("/healthz/ready", (Readiness readiness) => readiness.Missing is { Count: > 0 } missing
            ? Results.Text($"not ready: {string.Join("; ", missing)}\n", statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("ready\n"));
        app.Lifetime.ApplicationStarted.Register(() => Announce(app, options));
    }

    private static void Announce(WebApplication app, ServiceOptions options)
    {
        string[] addresses = [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];
        // Kestrel lists the endpoints in the order of their names in the configuration: Grpc, then Http.
        string grpc = addresses[0], http = addresses[^1];
        app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("WinBack").Ready(
            options.Roles, grpc, http, app.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        if (options.ReadyFile.Length == 0) return;
        var ready = new Dictionary<string, string>
        {
            ["pid"] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
            ["grpc"] = grpc,
            ["http"] = http,
            ["kafka"] = app.Services.GetRequiredService<IOptions<KafkaOptions>>().Value.BootstrapServers,
            ["redis"] = app.Services.GetRequiredService<IOptions<RedisOptions>>().Value.Configuration,
        };
        // Renamed into place, so that a reader never sees half of it.
        string partial = options.ReadyFile + ".part";
        File.WriteAllText(partial, JsonSerializer.Serialize(ready));
        File.Move(partial, options.ReadyFile, overwrite: true);
    }
}
