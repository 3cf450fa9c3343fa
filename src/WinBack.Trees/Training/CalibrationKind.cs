namespace WinBack.Trees.Training;

/// <summary>What is done to the link after boosting.</summary>
public enum CalibrationKind
{
    /// <summary>The logistic link of the objective is kept.</summary>
    None = 0,

    /// <summary>Slope and offset of the logistic link are fitted on the held-out part (Platt 1999). Needs one.</summary>
    Platt = 1,

    /// <summary>A rising step function is fitted on the held-out part (pair-adjacent violators). Needs one, best of 1,000 rows or more.</summary>
    Isotonic = 2,
}
