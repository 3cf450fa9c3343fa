namespace WinBack.Core.Policy.Valuation;

/// <summary>Every term of what contacting a customer is expected to bring over leaving it alone (rules V1, V3).</summary>
/// <param name="ReturnWithout">Probability of a return without contact, calibrated by outcomes in the segment.</param>
/// <param name="PriorReturnWith">Probability of a return with contact before any outcome was seen.</param>
/// <param name="ReturnWith">The same as outcomes have taught since.</param>
/// <param name="Value">Of a return: a year's margin, in units of the currency, as are the costs.</param>
/// <param name="ContactCost">Of one touch.</param>
/// <param name="OfferCost">Of the offer when the customer returns, whoever would have come anyway included.</param>
/// <param name="UnsubscribeCost">Of the permission that may be lost: probability x cost.</param>
/// <param name="Context">Product of the context weights that hold.</param>
/// <param name="Lever">Weight that the playbook gives the action.</param>
/// <param name="Priority">What actions are ranked by, as the playbook's arbitration makes it of the others.</param>
/// <param name="Deviation">How far the priority may be off, one standard deviation, because the response is not known exactly.</param>
public readonly record struct ValueTerms(
    double ReturnWithout,
    double PriorReturnWith,
    double ReturnWith,
    double Value,
    double ContactCost,
    double OfferCost,
    double UnsubscribeCost,
    double Context,
    double Lever,
    double Priority,
    double Deviation)
{
    private const double Micros = 1_000_000;

    public double Cost => CostWith(ReturnWith);

    /// <summary>(ReturnWith - ReturnWithout) x Value - Cost.</summary>
    public double Net => ((ReturnWith - ReturnWithout) * Value) - Cost;

    public long NetMicros => (long)Math.Round(Net * Micros);

    public long PriorityMicros => (long)Math.Round(Priority * Micros);

    internal static ValueTerms Of(ActionModel action, PolicyContext c, DateTimeOffset at)
    {
        double without = c.Lapse.Since <= at ? c.Scores.WinBack : 1 - c.Scores.Churn;
        double prior = TimesOdds(without, action.ResponseOddsRatio);
        without = Math.Min(1, without * c.Responses.Calibration);
        Responses.ResponseEstimate response = c.Responses[action.Order];
        var terms = new ValueTerms(
            without, prior, Math.Min(1, prior * response.Ratio), c.Value.Yearly, action.ContactCost,
            action.Offer?.CostFor(c.Value.Order) ?? 0, response.UnsubscribeProbability * c.Playbook.Value.UnsubscribeCost,
            ContextOf(action, c), action.Lever, Priority: 0, Deviation: 0);
        ArbitrationModel arbitration = c.Playbook.Arbitration;
        // The ratio is log-normal as good as; one standard deviation up and down.
        double spread = Math.Exp(response.Deviation);
        double high = arbitration.Priority(terms, Math.Min(1, terms.ReturnWith * spread));
        double low = arbitration.Priority(terms, terms.ReturnWith / spread);
        return terms with { Priority = arbitration.Priority(terms, terms.ReturnWith), Deviation = Math.Abs(high - low) / 2 };
    }

    internal double CostWith(double with) => ContactCost + (with * OfferCost) + UnsubscribeCost;

    private static double ContextOf(ActionModel action, PolicyContext c)
    {
        double weight = 1;
        foreach (ContextWeight context in action.ContextWeights)
            if (context.When.Holds(AudienceRules.Observe(context.When, c))) weight *= context.Weight;
        return weight;
    }

    /// <summary>The probability whose odds are those of p times the ratio.</summary>
    private static double TimesOdds(double p, double ratio) => p * ratio / (1 - p + (p * ratio));
}
