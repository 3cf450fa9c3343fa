using System.CommandLine;

namespace WinBack.Cli.Dev;

/// <summary><c>winback dev grpc-body</c>: a request for load tools that know HTTP/2 but not gRPC, such as h2load.</summary>
internal static class GrpcBodyCommand
{
    private const string Notes = """
        Writes what a gRPC client sends as the body of one request: five bytes of prefix and the protobuf message.

        Examples:
          winback dev grpc-body --method grpc.health.v1.Health/Check --out empty.bin
          winback dev grpc-body --method winback.v1.DecisionService/DecideNextAction --out preview.bin \
            --json '{"customer_id": "12939", "validate_only": true}'
          h2load -n 200000 -c 1 -m 64 -H 'content-type: application/grpc' -H 'te: trailers' -d preview.bin \
            http://127.0.0.1:5051/winback.v1.DecisionService/DecideNextAction
        """;

    internal static Command Build()
    {
        var method = new Option<string>("--method") { Description = "package.Service/Method.", Required = true };
        var json = new Option<string>("--json") { Description = "The request as JSON. Default: an empty one.", DefaultValueFactory = _ => "{}" };
        var file = new Option<string>("--out") { Description = "File to write.", Required = true };
        var command = new NotedCommand("grpc-body", "Writes the body of a gRPC request, for h2load and curl.", Notes) { method, json, file };
        command.SetAction(parsed =>
        {
            byte[] body = GrpcBody.Of(parsed.GetRequiredValue(method), parsed.GetValue(json)!);
            using OutputFile target = OutputFile.Create(parsed.GetRequiredValue(file), "--out");
            target.Stream.Write(body);
            target.Complete();
            parsed.InvocationConfiguration.Output.WriteLine($"{body.Length} bytes: {parsed.GetRequiredValue(file)}");
            return ExitCode.Ok;
        });
        return command;
    }
}
