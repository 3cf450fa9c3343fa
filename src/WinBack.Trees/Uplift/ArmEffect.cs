using WinBack.Trees.ModelFiles;

namespace WinBack.Trees.Uplift;

/// <summary>The effect of one arm against the control: a weighted sum of model predictions.</summary>
/// <remarks>
/// S: the same model twice, the last feature set to 1 (weight 1) and to 0 (weight -1). T: both arms' models, weights 1 and -1.
/// X: both models of imputed effects, weights that sum to 1. DR: one model, weight 1.
/// </remarks>
public sealed class ArmEffect
{
    private readonly TreeModel[] _models;

    /// <exception cref="ArgumentException">There is no part.</exception>
    public ArmEffect(IReadOnlyList<EffectPart> parts)
    {
        if (parts.Count == 0)
        {
            throw new ArgumentException("An effect needs a model at least.");
        }

        Parts = parts.ToArray();
        _models = parts.Select(part => new TreeModel(part.Ensemble)).ToArray();
    }

    public IReadOnlyList<EffectPart> Parts { get; }

    internal double Of(ReadOnlySpan<float> features)
    {
        Span<float> extended = stackalloc float[features.Length + 1];
        features.CopyTo(extended);
        double sum = 0;
        for (int i = 0; i < _models.Length; i++)
        {
            double prediction = 0;
            bool hasFlag = Parts[i].TreatedFlag is not null;
            extended[^1] = Parts[i].TreatedFlag ?? 0;
            _models[i].Predict(hasFlag ? extended : features, new Span<double>(ref prediction));
            sum += Parts[i].Weight * prediction;
        }

        return sum;
    }
}
