using Google.Protobuf;
using Grpc.Core;
using Grpc.Reflection.V1Alpha;
using Stable = Grpc.Reflection.V1;

namespace WinBack.Service.Grpc;

/// <summary>
/// Server reflection, version 1alpha, which many tools ask first or only. Its messages have the wire format of
/// version 1, so each is turned into its twin through bytes and answered there.
/// </summary>
internal sealed class ReflectionV1AlphaService(ReflectionService service) : ServerReflection.ServerReflectionBase
{
    public override Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context) =>
        service.ServerReflectionInfo(new Requests(requestStream), new Responses(responseStream), context);

    private sealed class Requests(IAsyncStreamReader<ServerReflectionRequest> inner)
        : IAsyncStreamReader<Stable.ServerReflectionRequest>
    {
        public Stable.ServerReflectionRequest Current =>
            Stable.ServerReflectionRequest.Parser.ParseFrom(inner.Current.ToByteString());

        public Task<bool> MoveNext(CancellationToken cancellationToken) => inner.MoveNext(cancellationToken);
    }

    private sealed class Responses(IServerStreamWriter<ServerReflectionResponse> inner)
        : IServerStreamWriter<Stable.ServerReflectionResponse>
    {
        public WriteOptions? WriteOptions
        {
            get => inner.WriteOptions;
            set => inner.WriteOptions = value;
        }

        public Task WriteAsync(Stable.ServerReflectionResponse message) => WriteAsync(message, CancellationToken.None);

        public Task WriteAsync(Stable.ServerReflectionResponse message, CancellationToken cancellationToken) =>
            inner.WriteAsync(ServerReflectionResponse.Parser.ParseFrom(message.ToByteString()), cancellationToken);
    }
}
