namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>The body of one ML.NET tree predictor, whole.</summary>
/// <param name="Signature">Eight characters, for instance "FTREE BC".</param>
/// <param name="Version">0x0001000N.</param>
/// <param name="Trees">In summation order.</param>
/// <param name="Bias">Stored, and not used in scoring.</param>
/// <param name="FirstInput">A text that ML.NET carries along.</param>
/// <param name="Options">The trainer's settings as text.</param>
/// <param name="FeatureCount">Length of the feature vector.</param>
internal sealed record MlNetBody(
    string Signature, int Version, IReadOnlyList<MlNetTreeArrays> Trees, double Bias, string? FirstInput, string? Options, int FeatureCount);
