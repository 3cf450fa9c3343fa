namespace WinBack.Trees.Uplift;

/// <summary>The figures of an <see cref="UpliftCurve"/> with bootstrap intervals.</summary>
public sealed record UpliftIntervals(ValueInterval Qini, ValueInterval Auuc, ValueInterval UpliftAtShare);
