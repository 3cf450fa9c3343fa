using Grpc.Core;
using Standins.Tests.Grpc.Generated;

namespace Standins.Tests.Grpc;

/// <summary>The server side of echo.proto, on the base class that Grpc.Tools generates.</summary>
internal sealed class EchoService : Generated.EchoService.EchoServiceBase
{
    public override Task<EchoMessage> Say(EchoMessage request, ServerCallContext context) => Task.FromResult(request);

    public override async Task Split(
        EchoMessage request, IServerStreamWriter<EchoMessage> responseStream, ServerCallContext context)
    {
        foreach (string word in request.Text.Split(' '))
        {
            await responseStream.WriteAsync(new EchoMessage { Text = word }, context.CancellationToken);
        }
    }

    public override async Task<EchoMessage> Join(IAsyncStreamReader<EchoMessage> requestStream, ServerCallContext context)
    {
        List<string> words = [];
        await foreach (EchoMessage message in requestStream.ReadAllAsync(context.CancellationToken))
        {
            words.Add(message.Text);
        }

        return new EchoMessage { Text = string.Join(' ', words) };
    }

    public override async Task Chat(
        IAsyncStreamReader<EchoMessage> requestStream, IServerStreamWriter<EchoMessage> responseStream, ServerCallContext context)
    {
        await foreach (EchoMessage message in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(message);
        }
    }
}
