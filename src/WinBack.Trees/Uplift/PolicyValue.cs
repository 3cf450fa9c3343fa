namespace WinBack.Trees.Uplift;

/// <summary>What a policy is worth a row, after costs.</summary>
/// <param name="TreatedShare">Share of the rows that it treats.</param>
/// <param name="Snips">Self-normalised inverse propensity estimate.</param>
/// <param name="Robust">Doubly robust estimate.</param>
/// <param name="Difference">Doubly robust, to the first policy of the evaluation.</param>
public sealed record PolicyValue(
    string Name, double TreatedShare, ValueInterval Snips, ValueInterval Robust, ValueInterval Difference);
