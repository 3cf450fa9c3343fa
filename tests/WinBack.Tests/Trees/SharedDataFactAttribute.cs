namespace WinBack.Tests.Trees;

/// <summary>A fact that needs data which may be absent; skipped, and said so, where it is not there.</summary>
internal sealed class SharedDataFactAttribute : FactAttribute
{
    /// <param name="path">A file or folder of the shared data; small model files also ship in Trees/Golden.</param>
    public SharedDataFactAttribute(string path)
    {
        if (SharedData.FindOrNull(path.Split('/')) is null)
        {
            Skip = $"../shared/data/{path} is not beside this checkout.";
        }
    }
}
