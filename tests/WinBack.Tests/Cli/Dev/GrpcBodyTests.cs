using System.Buffers.Binary;
using Grpc.Health.V1;
using WinBack.Cli;
using WinBack.Cli.Dev;
using WinBack.V1;

namespace WinBack.Tests.Cli.Dev;

public sealed class GrpcBodyTests
{
    [Fact]
    public void Of_EmptyMessage_IsFiveZeroBytes() => Assert.Equal(new byte[5], GrpcBody.Of(new HealthCheckRequest()));

    [Fact]
    public void Of_Json_IsPrefixAndMessage()
    {
        byte[] body = GrpcBody.Of("winback.v1.DecisionService/DecideNextAction", """{"customer_id": "c1", "validateOnly": true}""");
        Assert.Equal(0, body[0]);
        Assert.Equal(body.Length - 5, BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(1)));
        Assert.Equal(
            new DecideNextActionRequest { CustomerId = "c1", ValidateOnly = true },
            DecideNextActionRequest.Parser.ParseFrom(body, 5, body.Length - 5));
    }

    [Theory]
    [InlineData("winback.v1.DecisionService/NoSuchMethod", "{}", "grpc.health.v1.Health/Check")]
    [InlineData("winback.v1.DecisionService/DecideNextAction", """{"customer": "c1"}""", "this is no winback.v1.DecideNextActionRequest")]
    [InlineData("winback.v1.DecisionService/DecideNextAction", "{", "this is no winback.v1.DecideNextActionRequest")]
    public void Rejects_WhatIsNoRequest(string method, string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<BadInputException>(() => GrpcBody.Of(method, json)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Command_WritesTheFile()
    {
        using var folder = new TempFolder();
        string file = folder.Path("body.bin");
        (int code, string output, _) = await CommandLine.RunAsync("dev", "grpc-body", "--method", "grpc.health.v1.Health/Check", "--out", file);
        Assert.Equal((0, $"5 bytes: {file}\n"), (code, output));
        Assert.Equal(new byte[5], await File.ReadAllBytesAsync(file));
    }
}
