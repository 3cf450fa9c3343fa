using WinBack.Trees.Training;

namespace WinBack.Trees.Uplift;

/// <summary>What policies are worth a row, estimated from rows that another policy (or a lot) treated.</summary>
/// <remarks>
/// SNIPS (Swaminathan and Joachims 2015): the mean of rows that were given what the policy chooses, weighted by inverse
/// propensity. DR (Dudik et al. 2011): what an outcome model predicts for the choice, plus the weighted residual where the choice was
/// given; unbiased when the propensities are right, whatever the model, and with less variance the better it is. The model
/// must not have learnt from these rows. Costs are known, so they are taken off exactly. Intervals are percentiles over
/// resampled rows, and all policies are resampled together, so that their differences have intervals too.
/// </remarks>
public sealed class PolicyEvaluation
{
    private readonly TreatmentTable _table;
    private readonly double[][] _predicted;
    private readonly double _value;
    private readonly double[] _costs;

    /// <param name="table">Rows that no model here has learnt from.</param>
    /// <param name="predictedOutcomes">Shape [arms][rows].</param>
    /// <param name="valuePerOutcome">What one unit of outcome is worth.</param>
    /// <param name="costs">Shape [arms]; of one treatment, in the same unit of value; 0 for the control.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public PolicyEvaluation(TreatmentTable table, double[][] predictedOutcomes, double valuePerOutcome, double[] costs)
    {
        if (predictedOutcomes.Length != table.ArmCount || costs.Length != table.ArmCount
            || predictedOutcomes.Any(arm => arm.Length != table.RowCount))
        {
            throw new ArgumentException($"Predictions and costs of {table.ArmCount} arms and {table.RowCount} rows are needed.");
        }

        _table = table;
        _predicted = predictedOutcomes;
        _value = valuePerOutcome;
        _costs = costs;
    }

    /// <summary>Estimates policies; the differences are to the first of them.</summary>
    /// <param name="policies">At least one.</param>
    /// <param name="draws">Resamplings for the intervals.</param>
    /// <param name="confidence">For instance 0.95.</param>
    public IReadOnlyList<PolicyValue> Evaluate(
        IReadOnlyList<TargetingPolicy> policies, int draws, ulong seed, double confidence = 0.95)
    {
        var rows = policies.Select(policy => new PolicyRows(_table, policy, _predicted, _value, _costs)).ToArray();
        var snips = policies.Select(_ => new double[draws]).ToArray();
        var robust = policies.Select(_ => new double[draws]).ToArray();
        var counts = new int[_table.RowCount];
        var sequence = new SeededSequence(seed);
        for (int draw = 0; draw < draws; draw++)
        {
            Resampling.Draw(sequence, counts);
            for (int p = 0; p < rows.Length; p++)
            {
                (snips[p][draw], robust[p][draw]) = rows[p].Estimate(counts);
            }
        }

        int[] once = Enumerable.Repeat(1, _table.RowCount).ToArray();
        var plain = rows.Select(policy => policy.Estimate(once)).ToArray();
        return Enumerable.Range(0, rows.Length).Select(p => new PolicyValue(
            policies[p].Name,
            policies[p].TreatedShare,
            ValueInterval.Of(plain[p].Snips, snips[p].ToArray(), confidence),
            ValueInterval.Of(plain[p].Robust, robust[p].ToArray(), confidence),
            ValueInterval.Of(
                plain[p].Robust - plain[0].Robust, robust[p].Zip(robust[0], (mine, first) => mine - first).ToArray(), confidence)))
            .ToArray();
    }
}
