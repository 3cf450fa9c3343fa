using WinBack.Trees.Uplift;

namespace WinBack.Cli.Uplift;

/// <summary>Judges uplift models on rows that none of them has seen.</summary>
/// <param name="valuePerOutcome">What one unit of outcome is worth.</param>
/// <param name="cost">Of one treatment.</param>
/// <param name="share">Share of the rows that a budget allows to treat.</param>
internal sealed class UpliftReport(TreatmentTable rows, double valuePerOutcome, double cost, double share)
{
    private const ulong ResamplingSeed = 1;

    private readonly List<(string Name, UpliftModel Model, double[][] Effects)> _models = [];

    /// <summary>Resamplings for the intervals.</summary>
    internal int Draws { get; init; } = 200;

    internal void Add(string name, UpliftModel model) => _models.Add((name, model, model.EffectsOf(rows)));

    internal void Write(TextWriter text)
    {
        double[][] outcomes = _models[0].Model.OutcomesOf(rows);
        text.WriteLine(FormattableString.Invariant($"{rows.RowCount:N0} rows, value {valuePerOutcome} an outcome, cost {cost} a treatment"));
        WriteCurves(text, outcomes);
        int best = Enumerable.Range(1, rows.ArmCount - 1).MaxBy(MeanOutcome);
        List<TargetingPolicy> policies = Policies(best, outcomes);
        WritePolicies(text, policies, outcomes);
        if (rows.ArmCount == 2 && rows.IsBinary) WritePromotion(text, policies);
    }

    private void WriteCurves(TextWriter text, double[][] outcomes)
    {
        for (int arm = 1; arm < rows.ArmCount; arm++)
        {
            int[] pair = [.. Enumerable.Range(0, rows.RowCount).Where(row => rows.Arms[row] == 0 || rows.Arms[row] == arm)];
            text.WriteLine();
            text.WriteLine(FormattableString.Invariant(
                $"'{rows.ArmNames[arm]}' against '{rows.ArmNames[0]}': average effect {CurveOf(outcomes[arm], pair, arm).AverageEffect:0.0000}"));
            text.WriteLine(FormattableString.Invariant($"{"ranking",-22}{"Qini x 1000",24}{"AUUC x 1000",24}{$"uplift at {share:P0}",26}"));
            foreach ((string name, _, double[][] effects) in _models) WriteCurve(text, name, CurveOf(effects[arm], pair, arm));
            WriteCurve(text, "response model", CurveOf(outcomes[arm], pair, arm));
        }
    }

    private UpliftCurve CurveOf(double[] scores, int[] pair, int arm)
    {
        int[] arms = rows.Arms.ToArray();
        float[] outcomes = rows.Outcomes.ToArray();
        return new UpliftCurve(
            [.. pair.Select(row => scores[row])],
            [.. pair.Select(row => arms[row] == arm)],
            [.. pair.Select(row => outcomes[row])],
            [.. pair.Select(row => rows.PairPropensity(row, arm))]);
    }

    private void WriteCurve(TextWriter text, string name, UpliftCurve curve)
    {
        UpliftIntervals figures = curve.Bootstrap(share, Draws, ResamplingSeed);
        text.WriteLine(
            $"{name,-22}{Text(figures.Qini, 1000, "0.00"),24}{Text(figures.Auuc, 1000, "0.00"),24}{Text(figures.UpliftAtShare, 1, "0.0000"),26}");
    }

    /// <summary>The best arm for everybody comes first: what the others have to beat.</summary>
    private List<TargetingPolicy> Policies(int best, double[][] outcomes)
    {
        string bestName = rows.ArmNames[best];
        var policies = new List<TargetingPolicy> { TargetingPolicy.Everybody($"'{bestName}' to all", best, rows.RowCount) };
        for (int arm = 1; arm < rows.ArmCount; arm++)
            if (arm != best) policies.Add(TargetingPolicy.Everybody($"'{rows.ArmNames[arm]}' to all", arm, rows.RowCount));
        policies.Add(TargetingPolicy.Everybody("nothing to all", 0, rows.RowCount));
        double[] costs = Costs();
        foreach ((string name, _, double[][] effects) in _models)
            policies.Add(TargetingPolicy.Best(name, effects, valuePerOutcome, costs));
        foreach ((string name, _, double[][] effects) in _models)
            policies.Add(TargetingPolicy.Top(FormattableString.Invariant($"{name}, top {share:P0}"), effects[best], share, best));
        policies.Add(TargetingPolicy.Top(FormattableString.Invariant($"response model, top {share:P0}"), outcomes[best], share, best));
        policies.Add(TargetingPolicy.Top(FormattableString.Invariant($"any {share:P0}"), AnyOrder(), share, best));
        return policies;
    }

    private void WritePolicies(TextWriter text, List<TargetingPolicy> policies, double[][] outcomes)
    {
        var evaluation = new PolicyEvaluation(rows, outcomes, valuePerOutcome, Costs());
        text.WriteLine();
        text.WriteLine($"{"policy, value a row",-34}{"treated",8}{"SNIPS",28}{"doubly robust",28}{"difference to the first",30}");
        foreach (PolicyValue policy in evaluation.Evaluate(policies, Draws, ResamplingSeed))
        {
            text.WriteLine(
                FormattableString.Invariant($"{policy.Name,-34}{policy.TreatedShare,8:P0}")
                + $"{Text(policy.Snips, 1, "0.0000"),28}{Text(policy.Robust, 1, "0.0000"),28}{Text(policy.Difference, 1, "0.0000"),30}");
        }
    }

    private void WritePromotion(TextWriter text, List<TargetingPolicy> policies)
    {
        text.WriteLine();
        text.WriteLine($"{"promotion",-34}{"selected",9}{"IRR",28}{"NIR on these rows",32}");
        foreach (TargetingPolicy policy in policies)
        {
            PromotionFigures figures = PromotionFigures.Of(rows, policy, valuePerOutcome, cost, Draws, ResamplingSeed);
            text.WriteLine(
                FormattableString.Invariant($"{policy.Name,-34}{figures.Selected,9:P0}")
                + $"{Text(figures.ResponseRate, 1, "0.0000"),28}{Text(figures.Revenue, 1, "0.0"),32}");
        }
    }

    private double MeanOutcome(int arm)
    {
        double sum = 0;
        double weights = 0;
        for (int row = 0; row < rows.RowCount; row++)
        {
            double weight = rows.Arms[row] == arm ? 1 / rows.Propensity(row, arm) : 0;
            sum += weight * rows.Outcomes[row];
            weights += weight;
        }

        return sum / weights;
    }

    private double[] Costs() => [.. Enumerable.Range(0, rows.ArmCount).Select(arm => arm == 0 ? 0 : cost)];

    /// <summary>An order that knows nothing of the rows.</summary>
    private double[] AnyOrder()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, rows.RowCount).Select(_ => random.NextDouble())];
    }

    private static string Text(ValueInterval interval, double times, string format)
    {
        System.Globalization.CultureInfo culture = System.Globalization.CultureInfo.InvariantCulture;
        string Number(double value) => (value * times).ToString(format, culture);
        return $"{Number(interval.Value)} [{Number(interval.Low)}, {Number(interval.High)}]";
    }
}
