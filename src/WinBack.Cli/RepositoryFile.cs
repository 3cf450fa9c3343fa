namespace WinBack.Cli;

/// <summary>Files that ship with the repository: found from the current folder, else upwards from the program.</summary>
internal static class RepositoryFile
{
    /// <param name="argument">The option that can name another file; for the message.</param>
    /// <exception cref="BadInputException">There is none.</exception>
    internal static string Find(string relativePath, string argument) => Locate(relativePath)
        ?? throw new BadInputException(
            $"{relativePath} was not found here or in a folder above the program: name it with {argument}");

    /// <summary>Null when there is none.</summary>
    internal static string? Locate(string relativePath)
    {
        if (Path.Exists(relativePath)) return relativePath;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, relativePath);
            if (Path.Exists(path)) return path;
        }

        return null;
    }
}
