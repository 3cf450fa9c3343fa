namespace WinBack.Trees.ModelFiles;

/// <summary>A model file is broken, not what it claims to be, or does not fit; the message names the file and the fix.</summary>
public sealed class ModelFormatException : Exception
{
    public ModelFormatException(string file, string problem, string fix, Exception? inner = null)
        : base($"{file}: {problem} {fix}", inner)
    {
        File = file;
    }

    /// <summary>The file, or the entry inside an archive.</summary>
    public string File { get; }
}
