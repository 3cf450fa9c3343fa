using Google.Rpc;
using Grpc.Core;

namespace WinBack.IntegrationTests.Service;

/// <summary>What an error says beside its status: google.rpc details of the grpc-status-details-bin trailer.</summary>
internal sealed record ErrorDetails(string Reason, string Domain, IReadOnlyList<string> Fields, TimeSpan? RetryDelay)
{
    internal static ErrorDetails Of(RpcException e)
    {
        Assert.True(e.Trailers.GetValueBytes("grpc-status-details-bin") is not null, e.ToString());
        var status = Google.Rpc.Status.Parser.ParseFrom(e.Trailers.GetValueBytes("grpc-status-details-bin"));
        Assert.Equal((int)e.StatusCode, status.Code);
        Assert.Equal(e.Status.Detail, status.Message);
        ErrorInfo info = Unpack<ErrorInfo>(status)!;
        return new ErrorDetails(
            info.Reason,
            info.Domain,
            Unpack<BadRequest>(status)?.FieldViolations.Select(violation => violation.Field).ToArray() ?? [],
            Unpack<RetryInfo>(status)?.RetryDelay.ToTimeSpan());
    }

    private static T? Unpack<T>(Google.Rpc.Status status)
        where T : class, Google.Protobuf.IMessage<T>, new() =>
        status.Details.FirstOrDefault(detail => detail.Is(new T().Descriptor))?.Unpack<T>();
}
