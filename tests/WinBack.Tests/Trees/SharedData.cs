namespace WinBack.Tests.Trees;

/// <summary>
/// Finds test data: small model files that ship in Trees/Golden, and the data folder that lies beside a checkout on machines
/// that evaluate (../shared/data).
/// </summary>
internal static class SharedData
{
    private static readonly string? Checkout = FindCheckout();

    /// <summary>The path of a file or folder; Golden wins. Throws when it is nowhere.</summary>
    public static string File(params string[] parts) =>
        FindOrNull(parts) ?? throw new FileNotFoundException($"{string.Join('/', parts)} is neither in Trees/Golden nor in ../shared/data.");

    /// <param name="parts">Below the data folder, for instance models, xgboost and a file name.</param>
    public static string? FindOrNull(params string[] parts)
    {
        if (Checkout is null)
        {
            return null;
        }

        string golden = Path.Combine([Checkout, "tests", "WinBack.Tests", "Trees", "Golden", .. parts.Skip(1)]);
        string shared = Path.Combine([Checkout, "..", "shared", "data", .. parts]);
        return parts[0] == "models" && System.IO.File.Exists(golden) ? golden : Path.Exists(shared) ? shared : null;
    }

    private static string? FindCheckout()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !System.IO.File.Exists(Path.Combine(directory.FullName, "WinBack.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName;
    }
}
