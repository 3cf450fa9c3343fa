using System.IO.Compression;

namespace WinBack.Cli;

/// <summary>
/// A file to write, packed when its name ends in .gz. It appears under its name only when it is complete: a command
/// that is stopped or fails leaves the old file as it was.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string _path;
    private bool _isComplete;

    private OutputFile(string path, FileStream file)
    {
        _path = path;
        Stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Optimal) : file;
    }

    internal Stream Stream { get; }

    private string StagedPath => _path + ".new";

    /// <param name="argument">The option that named the file; for messages.</param>
    /// <exception cref="BadInputException">It cannot be written.</exception>
    internal static OutputFile Create(string path, string argument)
    {
        try
        {
            if (System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
            return new OutputFile(
                path, new FileStream(path + ".new", FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadInputException($"{argument} {path} cannot be written: {cause.Message}", cause);
        }
    }

    /// <summary>To be called when everything is written; without it <see cref="Dispose"/> throws the new file away.</summary>
    internal void Complete() => _isComplete = true;

    public void Dispose()
    {
        Stream.Dispose();
        if (_isComplete) File.Move(StagedPath, _path, overwrite: true);
        else File.Delete(StagedPath);
    }
}
