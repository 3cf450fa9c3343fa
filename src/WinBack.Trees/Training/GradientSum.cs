using System.Runtime.Intrinsics;

namespace WinBack.Trees.Training;

/// <summary>Exact sums of gradient, hessian and row count of some rows, as two 64-bit integers.</summary>
/// <remarks>
/// Gradients are rounded to integers once a round (<see cref="GradientScale"/>), so addition and subtraction are exact in any
/// order: the number of threads cannot change a model, and a parent minus one child is the other child to the last bit.
/// Lane 0 holds the gradient; lane 1 the hessian in the upper 40 bits and the row count in the lower 24.
/// </remarks>
internal readonly record struct GradientSum(Vector128<long> Lanes)
{
    public const int CountBits = 24;

    /// <summary>Rows beyond this would overflow the count into the hessian.</summary>
    public const int MaxRows = (1 << CountBits) - 1;

    public long Gradient => Lanes.GetElement(0);

    public long Hessian => Lanes.GetElement(1) >> CountBits;

    public int Rows => (int)(Lanes.GetElement(1) & MaxRows);

    public static GradientSum operator +(GradientSum a, GradientSum b) => new(a.Lanes + b.Lanes);

    public static GradientSum operator -(GradientSum a, GradientSum b) => new(a.Lanes - b.Lanes);
}
