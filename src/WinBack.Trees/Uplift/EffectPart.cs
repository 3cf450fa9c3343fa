using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Uplift;

/// <summary>One model of an <see cref="ArmEffect"/>.</summary>
/// <param name="Ensemble">Its prediction, link applied, is what counts.</param>
/// <param name="Weight">Times the prediction.</param>
/// <param name="TreatedFlag">What the additional last feature is set to; null when the model has none.</param>
public sealed record EffectPart(TreeEnsemble Ensemble, double Weight, float? TreatedFlag = null);
