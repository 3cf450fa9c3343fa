using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using WinBack.Service.Grpc;
using WinBack.V1;

namespace WinBack.Tests.Service.Grpc;

/// <summary>One answer for each kind of question, and the error responses.</summary>
public sealed class ReflectionAnswersTests
{
    private readonly ReflectionAnswers answers = new(new DescriptorIndex([DecisionService.Descriptor]));

    [Fact]
    public void Answer_AnyQuestion_RepeatsItAndItsHost()
    {
        var question = new ServerReflectionRequest { Host = "h", ListServices = "*" };
        var answer = answers.Answer(question);
        Assert.Equal("h", answer.ValidHost);
        Assert.Equal(question, answer.OriginalRequest);
        Assert.Equal(["winback.v1.DecisionService"], answer.ListServicesResponse.Service.Select(service => service.Name));
    }

    [Fact]
    public void Answer_FileByFilename_GivesTheFileFirst() =>
        Assert.Equal(
            "winback/v1/decision_service.proto",
            FirstFile(new ServerReflectionRequest { FileByFilename = "winback/v1/decision_service.proto" }));

    [Fact]
    public void Answer_FileContainingSymbol_GivesTheFileFirst() =>
        Assert.Equal(
            "winback/v1/decision_service.proto",
            FirstFile(new ServerReflectionRequest { FileContainingSymbol = "winback.v1.DecisionService.DecideNextAction" }));

    [Fact]
    public void Answer_Extensions_AreNumberedAndFound()
    {
        Assert.Equal("google/api/field_behavior.proto", FirstFile(new ServerReflectionRequest
        {
            FileContainingExtension = new() { ContainingType = "google.protobuf.FieldOptions", ExtensionNumber = 1052 },
        }));
        var numbers = answers.Answer(new() { AllExtensionNumbersOfType = "google.protobuf.FieldOptions" });
        Assert.Equal("google.protobuf.FieldOptions", numbers.AllExtensionNumbersResponse.BaseTypeName);
        Assert.Contains(1052, numbers.AllExtensionNumbersResponse.ExtensionNumber);
        var none = answers.Answer(new() { AllExtensionNumbersOfType = "google.protobuf.Timestamp" });
        Assert.Empty(none.AllExtensionNumbersResponse.ExtensionNumber);
    }

    [Fact]
    public void Answer_UnknownThings_AreNotFoundAndNamed()
    {
        ServerReflectionRequest[] questions =
        [
            new() { FileByFilename = "no.such" },
            new() { FileContainingSymbol = "no.such" },
            new() { FileContainingExtension = new() { ContainingType = "no.such", ExtensionNumber = 7 } },
            new() { AllExtensionNumbersOfType = "no.such" },
            new() { AllExtensionNumbersOfType = "winback.v1.DecisionService" },
        ];
        Assert.All(questions, question =>
        {
            var error = answers.Answer(question).ErrorResponse;
            Assert.Equal((int)StatusCode.NotFound, error.ErrorCode);
            Assert.Matches("'(no.such|winback.v1.DecisionService)'", error.ErrorMessage);
        });
    }

    [Fact]
    public void Answer_NoQuestion_IsInvalidAndSaysWhatToSet()
    {
        var error = answers.Answer(new ServerReflectionRequest()).ErrorResponse;
        Assert.Equal((int)StatusCode.InvalidArgument, error.ErrorCode);
        Assert.Contains("message_request", error.ErrorMessage, StringComparison.Ordinal);
    }

    private string FirstFile(ServerReflectionRequest question) => FileDescriptorProto.Parser
        .ParseFrom(answers.Answer(question).FileDescriptorResponse.FileDescriptorProto[0]).Name;
}
