using System.CommandLine;
using Grpc.Core;
using Grpc.Net.Client;

namespace WinBack.Cli.Service;

/// <summary>How a command reaches a running service; the same in every command that asks one.</summary>
internal sealed class ServiceArguments
{
    private readonly Option<string> _service = new("--service")
    {
        Description = "gRPC address of the service. Default: http://127.0.0.1:5051.",
        DefaultValueFactory = _ => "http://127.0.0.1:5051",
    };

    internal void AddTo(Command command) => command.Options.Add(_service);

    /// <exception cref="BadInputException">The service is away, or refuses; the message says why, and the fix.</exception>
    internal async Task<int> RunAsync(ParseResult parsed, Func<GrpcChannel, Task<int>> run)
    {
        string address = parsed.GetRequiredValue(_service);
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
            throw new BadInputException($"--service {address}: give it like http://127.0.0.1:5051");
        using GrpcChannel channel = GrpcChannel.ForAddress(uri);
        try
        {
            return await run(channel);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable && e.Trailers.Count == 0)
        {
            throw new BadInputException($"--service {address}: nothing answers there: start the service, or correct the address", e);
        }
        catch (RpcException e) when (e.StatusCode is not (StatusCode.Cancelled or StatusCode.Internal or StatusCode.Unknown))
        {
            throw new BadInputException(e.Status.Detail, e);
        }
    }
}
