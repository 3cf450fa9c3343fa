using Grpc.Core.Interceptors;

namespace Standins.Tests.Grpc;

/// <summary>Overrides nothing: the base class must pass every call through.</summary>
internal sealed class PlainInterceptor : Interceptor;
