using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Scoring;

/// <summary>Argument checks shared by the scorers.</summary>
internal static class Lengths
{
    public static void Check(TreeEnsemble ensemble, ReadOnlySpan<float> features, int resultLength, int resultExpected)
    {
        if (features.Length != ensemble.FeatureCount || resultLength != resultExpected)
        {
            Throw(ensemble, features.Length, resultLength, resultExpected);
        }
    }

    private static void Throw(TreeEnsemble ensemble, int features, int resultLength, int resultExpected)
    {
        throw new ArgumentException(features != ensemble.FeatureCount
            ? $"The row has {features} features, the model takes {ensemble.FeatureCount}."
            : $"The result has room for {resultLength} values, the model gives {resultExpected}.");
    }
}
