namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>The Model.key files of an ML.NET archive by directory.</summary>
internal sealed class MlNetArchive(string file, byte[] bytes)
{
    /// <summary>A model of 1000 trees x 64 leaves unpacks to 3.4 MB.</summary>
    private const long MaxUnpackedBytes = 512L << 20;

    private readonly BoundedZip _zip = BoundedZip.Open(file, bytes, MaxUnpackedBytes);

    public string File => file;

    /// <summary>Whether the directory holds a component. Some calibrators write Model.bin instead of Model.key.</summary>
    public bool Has(string directory) => EntryOf(directory) is not null;

    /// <exception cref="ModelFormatException">The component is missing or damaged.</exception>
    public ModelKey Open(string directory)
    {
        string entry = EntryOf(directory) ?? directory + "/Model.key";
        return new ModelKey(file + ":" + entry, _zip.Read(entry));
    }

    /// <summary>Every component in a directory and below.</summary>
    public IEnumerable<ModelKey> OpenAll(string directory) => _zip.Names
        .Where(name => name.StartsWith(directory + "/", StringComparison.Ordinal) && name.EndsWith("/Model.key", StringComparison.Ordinal))
        .Select(name => new ModelKey(file + ":" + name, _zip.Read(name)));

    private string? EntryOf(string directory) =>
        _zip.Has(directory + "/Model.key") ? directory + "/Model.key"
        : _zip.Has(directory + "/Model.bin") ? directory + "/Model.bin"
        : null;
}
