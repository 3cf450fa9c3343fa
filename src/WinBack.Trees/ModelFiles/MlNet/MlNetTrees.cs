using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>The trees of one ML.NET predictor.</summary>
/// <param name="Body">As it was read.</param>
/// <param name="Trees">In summation order.</param>
/// <param name="FeatureCount">Length of the feature vector.</param>
/// <param name="Divisor">1 for a sum, the number of trees for an average.</param>
internal sealed record MlNetTrees(MlNetBody Body, IReadOnlyList<Tree> Trees, int FeatureCount, double Divisor);
