using WinBack.Trees.Training;

namespace WinBack.Trees.Uplift;

/// <summary>Incremental response rate and net incremental revenue of a promotion, as the Starbucks challenge defines them.</summary>
/// <param name="Selected">Share of the rows that the policy would send to.</param>
/// <param name="ResponseRate">IRR: responses per selected row with the promotion, less those without.</param>
/// <param name="Revenue">
/// NIR: of the selected rows, revenue less costs of those who were sent the promotion, less revenue of those who were not. It is a
/// total over this table and half of it was sent, so it only compares policies on the same rows.
/// </param>
public sealed record PromotionFigures(double Selected, ValueInterval ResponseRate, ValueInterval Revenue)
{
    /// <param name="table">Two arms; outcomes 0 or 1.</param>
    /// <param name="policy">Whom it would send to; nobody gives 0 and 0.</param>
    /// <param name="valuePerResponse">For instance 10 (dollars).</param>
    /// <param name="cost">Of one promotion, for instance 0.15.</param>
    /// <exception cref="ArgumentException">There are other arms than control and promotion.</exception>
    public static PromotionFigures Of(
        TreatmentTable table, TargetingPolicy policy, double valuePerResponse, double cost, int draws, ulong seed)
    {
        if (table.ArmCount != 2)
        {
            throw new ArgumentException($"IRR and NIR compare one promotion with none; this table has {table.ArmCount} arms.");
        }

        var sequence = new SeededSequence(seed);
        var counts = new int[table.RowCount];
        var rates = new double[draws];
        var revenues = new double[draws];
        for (int draw = 0; draw < draws; draw++)
        {
            Resampling.Draw(sequence, counts);
            (rates[draw], revenues[draw]) = Count(table, policy, valuePerResponse, cost, counts);
        }

        Array.Fill(counts, 1);
        (double rate, double revenue) = Count(table, policy, valuePerResponse, cost, counts);
        return new PromotionFigures(
            policy.TreatedShare, ValueInterval.Of(rate, rates, 0.95), ValueInterval.Of(revenue, revenues, 0.95));
    }

    private static (double Rate, double Revenue) Count(
        TreatmentTable table, TargetingPolicy policy, double value, double cost, int[] counts)
    {
        Span<double> rows = [0, 0];
        Span<double> responses = [0, 0];
        for (int row = 0; row < counts.Length; row++)
        {
            if (policy.Choice[row] != 0)
            {
                rows[table.Arms[row]] += counts[row];
                responses[table.Arms[row]] += counts[row] * table.Outcomes[row];
            }
        }

        double rate = rows[0] > 0 && rows[1] > 0 ? (responses[1] / rows[1]) - (responses[0] / rows[0]) : 0;
        return (rate, (value * (responses[1] - responses[0])) - (cost * rows[1]));
    }
}
