using System.Collections.Frozen;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace WinBack.Service.Grpc;

/// <summary>
/// What server reflection can be asked: the services given, their files, all files that these import, and every name
/// in them. Built once; reading it takes no lock.
/// </summary>
internal sealed class DescriptorIndex
{
    private readonly FrozenDictionary<string, FileDescriptor> files;
    private readonly FrozenDictionary<string, FileDescriptor> symbols;
    private readonly FrozenDictionary<(string Type, int Number), FileDescriptor> extensions;

    public DescriptorIndex(IEnumerable<ServiceDescriptor> services)
    {
        var byName = new Dictionary<string, FileDescriptor>(StringComparer.Ordinal);
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var service in services)
        {
            names.Add(service.FullName);
            AddWithImports(byName, service.File);
        }

        ServiceNames = [.. names];
        files = byName.ToFrozenDictionary(StringComparer.Ordinal);
        var found = new DescriptorNames();
        foreach (var file in files.Values) found.AddFile(file);
        symbols = found.Symbols.ToFrozenDictionary(StringComparer.Ordinal);
        extensions = found.Extensions.ToFrozenDictionary();
    }

    /// <summary>Full names of the services given, sorted.</summary>
    public IReadOnlyList<string> ServiceNames { get; }

    /// <param name="name">As in import lines.</param>
    public FileDescriptor? FindFile(string name) => files.GetValueOrDefault(name);

    /// <param name="fullName">Of a service, method, message, field, oneof, enum, enum value or extension.</param>
    public FileDescriptor? FindFileOfSymbol(string fullName) => symbols.GetValueOrDefault(fullName);

    public FileDescriptor? FindFileOfExtension(string extendedType, int number) =>
        extensions.GetValueOrDefault((extendedType, number));

    public bool IsMessage(string fullName) =>
        symbols.TryGetValue(fullName, out var file) && DescriptorNames.MessagesOf(file).Any(type => type.FullName == fullName);

    public IEnumerable<int> ExtensionNumbersOf(string extendedType) =>
        extensions.Keys.Where(key => key.Type == extendedType).Select(key => key.Number).Order();

    /// <summary>The file and all that it imports, each once, the file itself first: ready to be sent.</summary>
    public static IEnumerable<ByteString> SerializedWithImports(FileDescriptor file)
    {
        var closure = new Dictionary<string, FileDescriptor>(StringComparer.Ordinal);
        AddWithImports(closure, file);
        yield return file.SerializedData;
        foreach (var import in closure.Values)
            if (import != file) yield return import.SerializedData;
    }

    private static void AddWithImports(Dictionary<string, FileDescriptor> closure, FileDescriptor file)
    {
        if (!closure.TryAdd(file.Name, file)) return;
        foreach (var import in file.Dependencies) AddWithImports(closure, import);
    }
}
