using System.Globalization;
using WinBack.Core.Events;
using WinBack.Core.Experiments;
using WinBack.Core.Policy.Offers;

namespace WinBack.Core.Policy.Experiments;

/// <summary>Turns experiments that were found right into their models.</summary>
/// <param name="actions">The playbook's, as they are without experiments.</param>
internal sealed class ExperimentBuilder(
    PlaybookConfig config, IReadOnlyList<ActionModel> actions, Func<ConditionConfig, FeatureCondition> condition)
{
    internal ExperimentPlan Build()
    {
        if (config.Experiments.Count == 0 && config.Holdout.Percent == 0) return ExperimentPlan.None;
        var holdout = new HoldoutModel(config.Holdout.Salt, SaltedHash.OfPercent(config.Holdout.Percent));
        bool[] extra = Named(config.Experiments.SelectMany(e => e.Variants).SelectMany(v => v.Adds));
        return new ExperimentPlan(holdout, [.. config.Experiments.Select(Experiment)], extra, []);
    }

    private ExperimentModel Experiment(ExperimentConfig experiment)
    {
        string id = ExperimentStage.IdOf(experiment.Name, experiment.Salt);
        return new ExperimentModel(
            experiment.Name,
            id,
            experiment.Hypothesis,
            experiment.Layer,
            SaltedHash.OfPercent(experiment.From),
            SaltedHash.OfPercent(experiment.From + experiment.Share),
            new AudienceModel(
                All<LapseReason>(experiment.Audience.Reasons),
                All<Segment>(experiment.Audience.Segments),
                All<ValueTier>(experiment.Audience.Tiers),
                [.. experiment.Audience.Conditions.Select(condition)]),
            [.. Shares(experiment).Zip(experiment.Variants, Variant)],
            new MetricModel(
                One<SuccessKind>(experiment.Metric.Success), experiment.Metric.Within, experiment.Metric.Alpha,
                experiment.Metric.Tolerance, experiment.Metric.MinExposures),
            Day(experiment.Start)!.Value,
            Day(experiment.End)!.Value,
            experiment.Gated,
            ExperimentPlan.StartOf(id, experiment.Gated));
    }

    /// <summary>Buckets of the variants; rounding goes to the last, so that they make up all.</summary>
    private static int[] Shares(ExperimentConfig experiment)
    {
        int[] buckets = [.. experiment.Variants.Select(v => SaltedHash.OfPercent(v.Share))];
        buckets[^1] = SaltedHash.Buckets - buckets[..^1].Sum();
        return buckets;
    }

    private VariantModel Variant(int buckets, VariantConfig variant) => new(
        variant.Name,
        buckets,
        [.. actions.Select(a => Replaced(a, variant))],
        Named(variant.Adds),
        Named(variant.Forbids),
        [.. variant.ChannelOrder.Select(One<Channel>)]);

    private static ActionModel? Replaced(ActionModel action, VariantConfig variant)
    {
        ActionModel next = action;
        if (variant.Content.TryGetValue(action.Name, out string? content)) next = next with { Content = content };
        if (variant.Offers.TryGetValue(action.Name, out OfferConfig? offer)) next = next with { Offer = OfferBuilder.Build(offer) };
        if (variant.MinLapseDays.TryGetValue(action.Name, out int days)) next = next with { MinSinceLapse = TimeSpan.FromDays(days) };
        return ReferenceEquals(next, action) ? null : next;
    }

    private bool[] Named(IEnumerable<string> names)
    {
        HashSet<string> set = [.. names];
        return [.. actions.Select(a => set.Contains(a.Name))];
    }

    /// <summary>Null when it is no day.</summary>
    internal static DateTimeOffset? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero)
            : null;

    private static Choice<T> All<T>(List<string> names)
        where T : struct, Enum => new(names.Select(One<T>));

    private static T One<T>(string name)
        where T : struct, Enum =>
        Names.TryParse(name, out T value) ? value : throw new InvalidOperationException($"'{name}' passed validation");
}
