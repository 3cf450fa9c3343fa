using Grpc.Core;
using WinBack.Service.Grpc;

namespace WinBack.Tests.Service.Grpc;

public sealed class StatusNamesTests
{
    [Theory]
    [InlineData(StatusCode.OK, "OK")]
    [InlineData(StatusCode.Cancelled, "CANCELLED")]
    [InlineData(StatusCode.DeadlineExceeded, "DEADLINE_EXCEEDED")]
    [InlineData(StatusCode.Unauthenticated, "UNAUTHENTICATED")]
    [InlineData((StatusCode)99, "UNKNOWN")]
    public void Of_Status_IsWrittenAsGrpcDoes(StatusCode code, string name) => Assert.Equal(name, StatusNames.Of(code));
}
