using Google.Protobuf.Reflection;
using WinBack.Service.Grpc;
using WinBack.V1;

namespace WinBack.Tests.Service.Grpc;

/// <summary>The index against a naive walk over the serialized files, for every file that our services reach.</summary>
public sealed class DescriptorIndexTests
{
    private readonly DescriptorIndex index = new([DecisionService.Descriptor, CustomerService.Descriptor]);

    [Fact]
    public void ServiceNames_GivenTwice_AreListedOnceAndSorted() =>
        Assert.Equal(
            ["winback.v1.CustomerService", "winback.v1.DecisionService"],
            new DescriptorIndex([DecisionService.Descriptor, CustomerService.Descriptor, DecisionService.Descriptor]).ServiceNames);

    [Fact]
    public void FindFile_ImportsOfImports_AreThere()
    {
        Assert.All(
            ["winback/v1/decision_service.proto", "google/protobuf/timestamp.proto", "google/protobuf/descriptor.proto"],
            name => Assert.Equal(name, index.FindFile(name)?.Name));
        Assert.Null(index.FindFile("winback/v1/nothing.proto"));
    }

    [Fact]
    public void FindFileOfSymbol_EveryNameOfEveryFile_GivesItsFile()
    {
        var files = WithImports(DecisionService.Descriptor.File).Union(WithImports(CustomerService.Descriptor.File)).ToList();
        var names = files.SelectMany(file => NaiveNames(Parse(file)).Select(name => (name, file.Name))).ToList();
        Assert.InRange(names.Count, 300, int.MaxValue);
        Assert.All(names, expected => Assert.Equal(expected.Name, index.FindFileOfSymbol(expected.name)?.Name));
    }

    [Theory]
    [InlineData("winback.v1")]
    [InlineData("winback.v1.DecisionService.NoSuchMethod")]
    [InlineData(".winback.v1.DecisionService")]
    [InlineData("")]
    public void FindFileOfSymbol_Unknown_GivesNothing(string name) => Assert.Null(index.FindFileOfSymbol(name));

    [Fact]
    public void SerializedWithImports_EveryFile_IsClosedAndStartsWithItself()
    {
        foreach (var file in WithImports(DecisionService.Descriptor.File))
        {
            var sent = DescriptorIndex.SerializedWithImports(file).Select(FileDescriptorProto.Parser.ParseFrom).ToList();
            var names = sent.Select(proto => proto.Name).ToList();
            Assert.Equal(file.Name, names[0]);
            Assert.Equal(names.Distinct(), names);
            Assert.All(sent.SelectMany(proto => proto.Dependency), import => Assert.Contains(import, names));
        }
    }

    [Fact]
    public void Extensions_FieldBehavior_IsFoundByNumber()
    {
        Assert.Contains(1052, index.ExtensionNumbersOf("google.protobuf.FieldOptions"));
        Assert.Equal(
            "google/api/field_behavior.proto", index.FindFileOfExtension("google.protobuf.FieldOptions", 1052)?.Name);
        Assert.Null(index.FindFileOfExtension("google.protobuf.FieldOptions", 1));
        Assert.Equal("google/api/field_behavior.proto", index.FindFileOfSymbol("google.api.field_behavior")?.Name);
    }

    private static FileDescriptorProto Parse(FileDescriptor file) => FileDescriptorProto.Parser.ParseFrom(file.SerializedData);

    private static IEnumerable<FileDescriptor> WithImports(FileDescriptor file) =>
        file.Dependencies.SelectMany(WithImports).Prepend(file).DistinctBy(each => each.Name);

    private static IEnumerable<string> NaiveNames(FileDescriptorProto file) =>
        file.Service.SelectMany(service => service.Method.Select(method => $"{service.Name}.{method.Name}").Prepend(service.Name))
            .Concat(file.MessageType.SelectMany(NaiveNames))
            .Concat(file.EnumType.SelectMany(NaiveNames))
            .Concat(file.Extension.Select(extension => extension.Name))
            .Select(name => $"{file.Package}.{name}");

    private static IEnumerable<string> NaiveNames(DescriptorProto message) =>
        message.Field.Select(field => field.Name)
            .Concat(message.OneofDecl.Select(oneof => oneof.Name))
            .Concat(message.NestedType.SelectMany(NaiveNames))
            .Concat(message.EnumType.SelectMany(NaiveNames))
            .Select(name => $"{message.Name}.{name}")
            .Prepend(message.Name);

    private static IEnumerable<string> NaiveNames(EnumDescriptorProto type) =>
        type.Value.SelectMany(value => new[] { value.Name, $"{type.Name}.{value.Name}" }).Prepend(type.Name);
}
