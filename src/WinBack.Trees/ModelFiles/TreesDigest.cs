using System.Security.Cryptography;
using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles;

/// <summary>Names trees by their content, as the manifest's BinarySha256 will.</summary>
public static class TreesDigest
{
    /// <summary>SHA-256 of the model.bin of an ensemble without preparation of inputs; lower-case hex.</summary>
    public static string Of(TreeEnsemble ensemble) => Convert.ToHexStringLower(SHA256.HashData(ModelBinary.Write(ensemble)));
}
