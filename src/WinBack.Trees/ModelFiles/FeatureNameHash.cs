using System.Security.Cryptography;
using System.Text;

namespace WinBack.Trees.ModelFiles;

/// <summary>A schema hash for tables that have nothing but ordered column names.</summary>
public static class FeatureNameHash
{
    /// <returns>SHA-256 of the names, each followed by a line feed, in UTF-8; lower-case hex.</returns>
    public static string Compute(IEnumerable<string> featureNames)
    {
        string text = string.Concat(featureNames.Select(name => name + "\n"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
