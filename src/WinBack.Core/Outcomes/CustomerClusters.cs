namespace WinBack.Core.Outcomes;

/// <summary>
/// Numbers customers, and takes standard errors over them: decisions of one customer share what is special about the
/// customer, so their deviations are summed before they are squared (Liang and Zeger 1986).
/// </summary>
internal sealed class CustomerClusters
{
    private readonly int[] _customerOf;

    internal CustomerClusters(IReadOnlyList<LoggedDecision> log)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        _customerOf = new int[log.Count];
        for (int i = 0; i < _customerOf.Length; i++)
        {
            if (!known.TryGetValue(log[i].Customer, out int customer)) known.Add(log[i].Customer, customer = known.Count);
            _customerOf[i] = customer;
        }

        Count = known.Count;
    }

    internal int Count { get; }

    /// <summary>In order of first appearance.</summary>
    internal int Of(int decision) => _customerOf[decision];

    /// <summary>Mean with its interval.</summary>
    internal PolicyEstimate Mean(double[] values)
    {
        double mean = values.Average();
        return PolicyEstimate.Normal(mean, StandardError(i => values[i] - mean, values.Length));
    }

    /// <param name="deviation">Of a decision, with mean 0.</param>
    /// <param name="total">What the sum of the deviations is divided by.</param>
    internal double StandardError(Func<int, double> deviation, double total)
    {
        if (Count < 2) return double.PositiveInfinity;
        var sums = new double[Count];
        for (int i = 0; i < _customerOf.Length; i++) sums[_customerOf[i]] += deviation(i);
        double squares = 0;
        foreach (double sum in sums) squares += sum * sum;
        return Math.Sqrt(squares * Count / (Count - 1)) / total;
    }
}
