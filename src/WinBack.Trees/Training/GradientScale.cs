namespace WinBack.Trees.Training;

/// <summary>The units in which gradients and hessians become integers.</summary>
/// <remarks>
/// From the largest gradient and hessian there are and the number of rows: gradients of up to 30 bits, hessians of as many
/// bits as 39 bits of sum allow (22 bits at 100,000 rows, 15 at the limit of 16.7 million).
/// </remarks>
internal sealed class GradientScale
{
    /// <summary>Where every gradient is 0 any unit will do, except an infinite one.</summary>
    private const double Smallest = 1e-290;

    /// <param name="rows">Rows that are added up at most.</param>
    /// <param name="largestGradient">Largest |gradient| of a row, weight included.</param>
    /// <param name="largestHessian">Largest hessian of a row, weight included.</param>
    public GradientScale(int rows, double largestGradient, double largestHessian)
    {
        int hessianBits = Math.Min(30, 39 - (int)Math.Ceiling(Math.Log2(Math.Max(2, rows))));
        Gradient = (1 << 30) / Math.Max(largestGradient, Smallest);
        Hessian = ((1 << hessianBits) - 1) / Math.Max(largestHessian, Smallest);
    }

    /// <summary>Integer units per 1.0 of gradient.</summary>
    public double Gradient { get; }

    /// <summary>Integer units per 1.0 of hessian.</summary>
    public double Hessian { get; }

    /// <summary>Gradient in the low, hessian in the high 32 bits.</summary>
    public ulong Round(double gradient, double hessian) =>
        (uint)(int)Math.Round(gradient * Gradient) | ((ulong)(uint)(int)Math.Round(hessian * Hessian) << 32);
}
