namespace WinBack.Trees.Explain;

/// <summary>Gauss-Legendre quadrature on (0, 1): n points integrate every polynomial up to degree 2n - 1 exactly.</summary>
internal sealed class GaussLegendre
{
    private const int MaxSteps = 100;

    private GaussLegendre(double[] points, double[] weights)
    {
        Points = points;
        Weights = weights;
    }

    /// <summary>Shape [n]; inside (0, 1).</summary>
    public double[] Points { get; }

    /// <summary>Shape [n]; all positive, their sum is 1.</summary>
    public double[] Weights { get; }

    /// <summary>The roots of the Legendre polynomial, by Newton's method from Tricomi's approximation.</summary>
    public static GaussLegendre OfPoints(int n)
    {
        var points = new double[n];
        var weights = new double[n];
        for (int i = 0; i < n; i++)
        {
            double x = Math.Cos(Math.PI * (i + 0.75) / (n + 0.5));
            double slope = 0;
            for (int step = 0; step < MaxSteps; step++)
            {
                (double value, slope) = Legendre(n, x);
                double change = value / slope;
                x -= change;
                if (Math.Abs(change) < 1e-15)
                {
                    break;
                }
            }

            points[i] = (1 + x) / 2;
            weights[i] = 1 / ((1 - (x * x)) * slope * slope);
        }

        return new GaussLegendre(points, weights);
    }

    /// <summary>The Legendre polynomial of degree n and its derivative, by the three-term recurrence.</summary>
    private static (double Value, double Slope) Legendre(int n, double x)
    {
        double before = 1;
        double value = x;
        for (int k = 2; k <= n; k++)
        {
            (before, value) = (value, (((2 * k) - 1) * x * value - ((k - 1) * before)) / k);
        }

        return (value, n * ((x * value) - before) / ((x * x) - 1));
    }
}
