namespace WinBack.Trees.Uplift;

/// <summary>What each row says about one policy.</summary>
internal sealed class PolicyRows
{
    private readonly double[] _weighted;
    private readonly double[] _weights;
    private readonly double[] _robust;
    private readonly double[] _costs;

    public PolicyRows(TreatmentTable table, TargetingPolicy policy, double[][] predicted, double value, double[] costs)
    {
        int rows = table.RowCount;
        if (policy.Choice.Length != rows)
        {
            throw new ArgumentException($"Policy '{policy.Name}' chooses for {policy.Choice.Length} rows of {rows}.");
        }

        (_weighted, _weights, _robust, _costs) = (new double[rows], new double[rows], new double[rows], new double[rows]);
        for (int row = 0; row < rows; row++)
        {
            int arm = policy.Choice[row];
            double outcome = table.Outcomes[row];
            double weight = table.Arms[row] == arm ? 1 / table.Propensity(row, arm) : 0;
            _weights[row] = weight;
            _weighted[row] = weight * value * outcome;
            _robust[row] = value * (predicted[arm][row] + (weight * (outcome - predicted[arm][row])));
            _costs[row] = costs[arm];
        }
    }

    /// <param name="counts">How often each row counts.</param>
    public (double Snips, double Robust) Estimate(int[] counts)
    {
        double weighted = 0;
        double weights = 0;
        double robust = 0;
        double cost = 0;
        long total = 0;
        for (int row = 0; row < counts.Length; row++)
        {
            int count = counts[row];
            weighted += count * _weighted[row];
            weights += count * _weights[row];
            robust += count * _robust[row];
            cost += count * _costs[row];
            total += count;
        }

        cost /= total;

        // A resampling without any row that was given the choice says nothing; the robust estimate still does.
        double snips = weights > 0 ? (weighted / weights) - cost : (robust / total) - cost;
        return (snips, (robust / total) - cost);
    }
}
