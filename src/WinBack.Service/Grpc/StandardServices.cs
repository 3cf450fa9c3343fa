using Grpc.Health.V1;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace WinBack.Service.Grpc;

/// <summary>Adds the services that every gRPC server is expected to have: health and reflection.</summary>
internal static class StandardServices
{
    private static readonly ServiceDescriptor[] Own =
    [
        Health.Descriptor,
        global::Grpc.Reflection.V1.ServerReflection.Descriptor,
        global::Grpc.Reflection.V1Alpha.ServerReflection.Descriptor,
    ];

    /// <param name="described">The host's other services, for reflection to describe.</param>
    public static IServiceCollection AddStandardGrpcServices(
        this IServiceCollection services, params ServiceDescriptor[] described) =>
        services
            .AddSingleton<ServingStatuses>()
            .AddSingleton(new DescriptorIndex([.. described, .. Own]))
            .AddSingleton<ReflectionAnswers>()
            .AddSingleton<HealthService>()
            .AddSingleton<ReflectionService>()
            .AddSingleton<ReflectionV1AlphaService>();

    public static void MapStandardGrpcServices(this IEndpointRouteBuilder routes)
    {
        routes.MapGrpcService<HealthService>();
        routes.MapGrpcService<ReflectionService>();
        routes.MapGrpcService<ReflectionV1AlphaService>();

        // Clients that watch learn of the shutdown before the port closes.
        var statuses = routes.ServiceProvider.GetRequiredService<ServingStatuses>();
        routes.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(statuses.ShutDown);
    }
}
