namespace WinBack.IntegrationTests.Service;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    internal static string Root { get; } = Find();

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "WinBack.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"no WinBack.sln above {AppContext.BaseDirectory}");
    }
}
