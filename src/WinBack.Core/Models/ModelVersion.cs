namespace WinBack.Core.Models;

/// <summary>A model in the registry. Nothing of it ever changes.</summary>
/// <param name="Version">The first <see cref="Digits"/> hex digits of the SHA-256 of the trees (model.bin): what decisions record.</param>
/// <param name="Sha256">Of the whole package; its address in the registry.</param>
/// <param name="SizeBytes">Of the package.</param>
public sealed record ModelVersion(string Version, string Sha256, long SizeBytes, DateTimeOffset PushTime, string PushedBy, string Reason)
{
    public const int Digits = 12;

    /// <param name="binarySha256">As the manifest has it.</param>
    public static string Of(string binarySha256) => binarySha256[..Digits];
}
