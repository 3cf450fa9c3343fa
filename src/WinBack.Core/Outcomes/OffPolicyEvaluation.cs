namespace WinBack.Core.Outcomes;

/// <summary>
/// Estimates what a policy would have earned from a log that another policy made, by the probabilities in the log (rules E4).
/// <list type="bullet">
/// <item>weight w = probability of the logged option under the new policy / probability with which it was logged;</item>
/// <item>IPS (Horvitz and Thompson 1952): mean of w r; SNIPS (Swaminathan and Joachims 2015): sum of w r / sum of w;</item>
/// <item>DR (Dudik, Langford and Li 2011): mean of q(x, new policy) + w (r - q(x, logged option)), q by
/// <see cref="SmoothedMeans"/>, always of other customers than those it is asked about;</item>
/// <item>effective decisions: (sum of w)^2 / sum of w^2 (Kish 1965).</item>
/// </list>
/// Where the new policy does what the log's never did, there is nothing to weigh: the reading then names the options.
/// Limits: contexts are taken as they were, so what a policy changes in the state of its own later decisions is not seen.
/// </summary>
public static class OffPolicyEvaluation
{
    private const int Folds = 5;

    /// <exception cref="ArgumentException">The log is empty, or a probability is none.</exception>
    public static OffPolicyReading Of(IReadOnlyList<LoggedDecision> log)
    {
        Check(log);
        var clusters = new CustomerClusters(log);
        double[] rewards = log.Select(decision => decision.Reward).ToArray();
        double[] weights = log.Select(Weight).ToArray();
        double sum = weights.Sum();
        double snips = sum > 0 ? log.Select((decision, i) => weights[i] * decision.Reward).Sum() / sum : 0;
        double[] robust = Robust(log, weights, clusters);
        return new OffPolicyReading(
            log.Count,
            clusters.Count,
            Missing(log),
            clusters.Mean(rewards),
            clusters.Mean(rewards.Select((reward, i) => weights[i] * reward).ToArray()),
            PolicyEstimate.Normal(snips, sum > 0 ? clusters.StandardError(i => weights[i] * (rewards[i] - snips), sum) : double.PositiveInfinity),
            clusters.Mean(robust),
            clusters.Mean(robust.Select((value, i) => value - rewards[i]).ToArray()),
            clusters.Mean(weights),
            sum > 0 ? sum * sum / weights.Sum(weight => weight * weight) : 0,
            weights.Max());
    }

    private static double[] Robust(IReadOnlyList<LoggedDecision> log, double[] weights, CustomerClusters clusters)
    {
        var models = new SmoothedMeans[Folds];
        for (int fold = 0; fold < Folds; fold++)
        {
            models[fold] = new SmoothedMeans();
            for (int i = 0; i < log.Count; i++)
                if (clusters.Of(i) % Folds != fold) models[fold].Add(log[i]);
        }

        var values = new double[log.Count];
        for (int i = 0; i < values.Length; i++)
        {
            LoggedDecision decision = log[i];
            SmoothedMeans model = models[clusters.Of(i) % Folds];
            foreach (OptionChance option in decision.Options)
                if (option.Target > 0) values[i] += option.Target * model.Of(option.Option, decision.Segment);
            values[i] += weights[i] * (decision.Reward - model.Of(decision.Option, decision.Segment));
        }

        return values;
    }

    private static double Weight(LoggedDecision decision)
    {
        foreach (OptionChance option in decision.Options)
            if (option.Option == decision.Option) return option.Target / decision.Probability;
        return 0;
    }

    private static MissingSupport[] Missing(IReadOnlyList<LoggedDecision> log)
    {
        var missing = new Dictionary<string, (double Share, int Count)>(StringComparer.Ordinal);
        foreach (LoggedDecision decision in log)
        {
            foreach (OptionChance option in decision.Options)
            {
                if (option.Target <= 0 || option.Logged > 0) continue;
                (double share, int count) = missing.GetValueOrDefault(option.Option);
                missing[option.Option] = (share + (option.Target / log.Count), count + 1);
            }
        }

        return missing.Select(one => new MissingSupport(one.Key, one.Value.Share, one.Value.Count))
            .OrderByDescending(one => one.Share).ThenBy(one => one.Option, StringComparer.Ordinal).ToArray();
    }

    private static void Check(IReadOnlyList<LoggedDecision> log)
    {
        const double rounding = 1e-6;
        if (log.Count == 0) throw new ArgumentException("A log needs a decision at least.", nameof(log));
        for (int i = 0; i < log.Count; i++)
        {
            LoggedDecision decision = log[i];
            double total = decision.Options.Sum(option => option.Target);
            if (!(decision.Probability is > 0 and <= 1))
                throw new ArgumentException($"Decision {i} has the probability {decision.Probability}; it was made, so more than 0.", nameof(log));
            if (!double.IsFinite(decision.Reward)) throw new ArgumentException($"Decision {i} has the reward {decision.Reward}.", nameof(log));
            if (!(Math.Abs(total - 1) <= rounding))
                throw new ArgumentException($"Decision {i}: what the new policy does has probability {total} and not 1.", nameof(log));
        }
    }
}
