namespace WinBack.Trees.Uplift;

/// <summary>How effects are learnt with models that predict outcomes.</summary>
public enum MetaLearner
{
    /// <summary>One model with the treatment as a feature; the effect is the difference between asking with and without.</summary>
    S = 0,

    /// <summary>One model per arm; the effect is their difference.</summary>
    T = 1,

    /// <summary>
    /// Künzel et al. (2019): effects imputed with the other arm's model, learnt on each arm, and weighted by propensity. Good when
    /// one arm is much smaller.
    /// </summary>
    X = 2,

    /// <summary>
    /// Kennedy (2023): doubly robust pseudo-outcomes from cross-fitted models, regressed on the features. Right when either
    /// the outcome models or the propensities are.
    /// </summary>
    DR = 3,
}
