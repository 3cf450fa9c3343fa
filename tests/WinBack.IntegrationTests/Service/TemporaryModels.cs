namespace WinBack.IntegrationTests.Service;

/// <summary><see cref="SmallModels"/> in a folder that goes away.</summary>
internal sealed class TemporaryModels : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("winback-models-");

    internal TemporaryModels() => SmallModels.Write(_folder.FullName);

    internal string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
