using System.Runtime.CompilerServices;

namespace WinBack.Trees.Training;

/// <summary>What a leaf is worth, what it answers, and which pairs of leaves a split may make.</summary>
/// <remarks>
/// A leaf with gradient G and hessian H answers w = soft(G, L1) / (H + L2), within its bounds, and is worth
/// 2 soft(G) w - (H + L2) w^2, twice what it takes from the loss to second order; without bounds that is soft(G)^2 / (H + L2).
/// In the FastTree recipe a leaf is worth G^2 / rows.
/// </remarks>
internal sealed class SplitRules(TrainingOptions options, GradientScale scale, bool isBounded)
{
    private readonly bool _byRows = options.Recipe == TrainingRecipe.FastTree;
    private readonly double _l1 = options.L1;
    private readonly double _l2 = options.Recipe == TrainingRecipe.FastTree ? 0 : options.L2;
    private readonly long _minHessian = (long)Math.Max(1, Math.Ceiling(options.MinHessianPerLeaf * scale.Hessian));
    private readonly int _minRows = options.MinRowsPerLeaf;

    /// <summary>Gain that a split needs at least.</summary>
    public double MinGain { get; } = Math.Max(options.MinGain, 1e-9);

    /// <summary>The step of a leaf, in score units, before the learning rate.</summary>
    public double Step(GradientSum sum, OutputBounds bounds)
    {
        double hessian = (sum.Hessian / scale.Hessian) + _l2;
        return bounds.Clamp(hessian > 0 ? Soft(sum.Gradient / scale.Gradient) / hessian : 0);
    }

    /// <param name="moreL2">Added to the L2 of the options.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Value(GradientSum sum, OutputBounds bounds, double moreL2 = 0)
    {
        double gradient = Soft(sum.Gradient / scale.Gradient);
        double by = _byRows ? sum.Rows : (sum.Hessian / scale.Hessian) + _l2 + moreL2;
        if (by <= 0)
        {
            return 0;
        }

        if (!isBounded)
        {
            return gradient * gradient / by;
        }

        // The bounded step may have the other sign than the gradient; then the L1 penalty pulls the other way.
        double step = bounds.Clamp(gradient / by);
        double raw = sum.Gradient / scale.Gradient;
        return (2 * raw * step) - (by * step * step) - (2 * _l1 * Math.Abs(step));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsLargeEnough(GradientSum sum) => sum.Rows >= _minRows && sum.Hessian >= _minHessian;

    /// <summary>Gradient over hessian, pulled toward 0 by a smoothing hessian: the order of categories.</summary>
    public double Order(GradientSum sum) =>
        sum.Gradient / scale.Gradient / Math.Max((sum.Hessian / scale.Hessian) + options.CategorySmoothing, 1e-290);

    private double Soft(double gradient) =>
        _l1 == 0 ? gradient : Math.Sign(gradient) * Math.Max(0, Math.Abs(gradient) - _l1);
}
