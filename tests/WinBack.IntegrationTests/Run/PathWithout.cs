namespace WinBack.IntegrationTests.Run;

/// <summary>A PATH that has everything but one program, as on a machine where that is not installed.</summary>
internal sealed class PathWithout : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("winback-path-");

    internal PathWithout(string missing)
    {
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(Directory.Exists))
            foreach (string program in Directory.GetFiles(folder))
            {
                string link = Path.Combine(_folder.FullName, Path.GetFileName(program));
                if (Path.GetFileName(program) != missing && !File.Exists(link)) File.CreateSymbolicLink(link, program);
            }
    }

    internal string Value => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
