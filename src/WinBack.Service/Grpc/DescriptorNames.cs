using Google.Protobuf.Reflection;

namespace WinBack.Service.Grpc;

/// <summary>Collects every name of a file, and every extension, each with the file that declares it.</summary>
internal sealed class DescriptorNames
{
    public Dictionary<string, FileDescriptor> Symbols { get; } = new(StringComparer.Ordinal);

    /// <summary>By full name of the extended message and field number.</summary>
    public Dictionary<(string Type, int Number), FileDescriptor> Extensions { get; } = [];

    /// <summary>All messages of a file, nested ones too.</summary>
    public static IEnumerable<MessageDescriptor> MessagesOf(FileDescriptor file) => file.MessageTypes.SelectMany(WithNested);

    public void AddFile(FileDescriptor file)
    {
        foreach (var service in file.Services)
        {
            Symbols.TryAdd(service.FullName, file);
            foreach (var method in service.Methods) Symbols.TryAdd(method.FullName, file);
        }

        foreach (var type in MessagesOf(file)) AddMessage(type);
        foreach (var type in file.EnumTypes) AddEnum(type);
        foreach (var extension in file.Extensions.UnorderedExtensions) AddExtension(extension);
    }

    private static IEnumerable<MessageDescriptor> WithNested(MessageDescriptor type) =>
        type.NestedTypes.SelectMany(WithNested).Prepend(type);

    private void AddMessage(MessageDescriptor type)
    {
        Symbols.TryAdd(type.FullName, type.File);
        foreach (var field in type.Fields.InDeclarationOrder()) Symbols.TryAdd(field.FullName, type.File);
        foreach (var oneof in type.Oneofs) Symbols.TryAdd(oneof.FullName, type.File);
        foreach (var nested in type.EnumTypes) AddEnum(nested);
        foreach (var extension in type.Extensions.UnorderedExtensions) AddExtension(extension);
    }

    private void AddEnum(EnumDescriptor type)
    {
        Symbols.TryAdd(type.FullName, type.File);
        foreach (var value in type.Values)
        {
            // By the rules of protobuf a value is a sibling of its enum (package.VALUE); the C# library and some
            // tools name it under the enum (package.Enum.VALUE). Both are found.
            var scope = type.FullName[..^type.Name.Length];
            Symbols.TryAdd(scope + value.Name, type.File);
            Symbols.TryAdd($"{type.FullName}.{value.Name}", type.File);
        }
    }

    private void AddExtension(FieldDescriptor extension)
    {
        Symbols.TryAdd(extension.FullName, extension.File);
        Extensions.TryAdd((extension.ExtendeeType.FullName, extension.FieldNumber), extension.File);
    }
}
