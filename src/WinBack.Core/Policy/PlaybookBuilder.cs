using System.Security.Cryptography;
using System.Text.Json;
using WinBack.Core.Events;
using WinBack.Core.Policy.Capacities;
using WinBack.Core.Policy.Experiments;
using WinBack.Core.Policy.Exploration;
using WinBack.Core.Policy.Offers;
using WinBack.Core.Policy.Priorities;
using WinBack.Core.Policy.Sequences;
using WinBack.Core.Policy.Valuation;
using WinBack.Core.Policy.Reasons;

namespace WinBack.Core.Policy;

/// <summary>Turns a playbook that was found right into its model.</summary>
internal sealed class PlaybookBuilder(PlaybookConfig config, IReadOnlyList<string> features)
{
    /// <summary>The cap that stands for <see cref="PlaybookConfig.Sequence"/>.</summary>
    internal const string SequenceCapName = "sequence";
    private const string ChurnProbability = "churn_probability";
    private const string WinBackProbability = "win_back_probability";

    internal static bool IsScore(string name) => name is ChurnProbability or WinBackProbability;

    internal PlaybookModel Build()
    {
        var sequence = new FrequencyCap(
            SequenceCapName, CapScope.Category, Names.Of(ActionCategory.Marketing), config.Sequence.MaxTouches,
            TimeSpan.FromDays(config.Sequence.Days), CountsTransactional: false);
        FrequencyCap[] caps = [sequence, .. config.Caps.Select(FrequencyCap.Of)];
        TouchSequenceModel[] sequences = SequenceBuilder.Build(config, Condition);
        ActionModel[] actions = [.. config.Actions.Select((action, order) => Action(action, order, caps, sequences))];
        return new PlaybookModel(
            $"{config.Name}@{Hash()}",
            config.Currency,
            config.Reservation,
            TimeSpan.FromDays(config.Lapse.SilenceDays),
            config.Lapse.SilenceDaysByCategory.ToDictionary(c => c.Key, c => TimeSpan.FromDays(c.Value), StringComparer.Ordinal),
            TimeSpan.FromDays(config.Lapse.MaxSilenceDays),
            UnknownConsent(),
            new SequenceModel(
                config.Sequence.MaxTouches, sequence.Window, config.Sequence.DiscountFromTouch,
                TimeSpan.FromDays(config.Sequence.RestDays)),
            sequence.UseFor("", "", ActionCategory.Marketing)!,
            SendWindowsModel.Of(config.SendWindows),
            Value(config.Value),
            caps,
            actions,
            sequences)
        {
            Capacities = [.. config.Capacities.Select(Capacity)],
            PriorityLookahead = config.Priority.Lookahead,
            Experiments = new ExperimentBuilder(config, actions, Condition).Build(),
            Arbitration = ArbitrationModel.Of(config.Arbitration),
            Exploration = ExplorationModel.Of(config.Exploration),
            Reasons = new ReasonsModel(config.Reasons),
        };
    }

    /// <summary>Over the content with defaults filled in, so that writing a default out changes nothing.</summary>
    private string Hash() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Canonical())))[..16];

    private object Canonical() => new
    {
        config.Name,
        config.Currency,
        config.Reservation,
        config.Lapse.SilenceDays,
        SilenceDaysByCategory = Sorted(config.Lapse.SilenceDaysByCategory),
        config.Lapse.MaxSilenceDays,
        UnknownConsent = Sorted(config.UnknownConsent),
        config.Reasons.KnownFrom,
        config.Reasons.CodeOdds,
        config.Reasons.TextOdds,
        config.Reasons.AnswerOdds,
        Priors = Sorted(config.Reasons.Priors),
        LikelihoodRatios = Sorted(config.Reasons.LikelihoodRatios.ToDictionary(clue => clue.Key, clue => Sorted(clue.Value))),
        config.SendWindows,
        config.Sequence,
        config.Value,
        config.Arbitration,
        config.Exploration,
        config.Caps,
        config.Actions,
        config.Capacities,
        config.Holdout,
        config.Priority.Lookahead,
        Priorities = Sorted(config.Priority.Categories),
        Experiments = config.Experiments.Select(e => new
        {
            Rest = e,
            Maps = e.Variants.Select(v => new { Content = Sorted(v.Content), Offers = Sorted(v.Offers), Days = Sorted(v.MinLapseDays) }),
        }),
        config.Sequences,
    };

    /// <summary>The order of keys in a map means nothing.</summary>
    private static SortedDictionary<string, T> Sorted<T>(Dictionary<string, T> map) => new(map, StringComparer.Ordinal);

    private uint UnknownConsent()
    {
        uint bits = 0;
        foreach ((string channel, string answer) in config.UnknownConsent)
            if (answer == "allow") bits |= 1u << (int)Parse<Channel>(channel);
        return bits;
    }

    private ValueModel Value(ValueConfig value) => new(
        IndexOf(value.OrderValue), IndexOf(value.OrdersPerYear), IndexOf(value.MonthlyPrice), value.Margin, (double)value.Floor,
        (double)value.Ceiling, (double)value.MidTierFrom, (double)value.HighTierFrom, (double)value.UnsubscribeCost,
        value.MaxPaybackMonths);

    private ActionModel Action(ActionConfig action, int order, FrequencyCap[] caps, TouchSequenceModel[] sequences)
    {
        var category = Parse<ActionCategory>(action.Category);
        var reasons = new Choice<LapseReason>(action.Reasons.Select(Parse<LapseReason>));
        return new ActionModel(
            order,
            action.Name,
            Parse<Channel>(action.Channel),
            category,
            action.Content,
            action.RequiresLapse,
            reasons,
            ReasonRule(reasons),
            new Choice<Segment>(action.Segments.Select(Parse<Segment>)),
            new Choice<ValueTier>(action.Tiers.Select(Parse<ValueTier>)),
            action.Conditions.Select(Condition).ToArray(),
            TimeSpan.FromDays(action.MinLapseDays),
            action.MaxLapseDays is { } days ? TimeSpan.FromDays(days) : null,
            TimeSpan.FromDays(action.MinSequenceDays),
            action.Offer is { } offer ? OfferBuilder.Build(offer) : null,
            (double)action.ContactCost,
            action.ResponseOddsRatio,
            action.UnsubscribeProbability,
            caps.Select(cap => cap.UseFor(action.Name, action.Channel, category)).OfType<CapUse>().ToArray(),
            SequenceBuilder.PlaceOf(order, sequences))
        {
            IsProductUpdate = action.ProductUpdate,
            Priority = PriorityChecks.Of(action, config.Priority),
            PriorStrength = action.PriorStrength,
            Lever = action.Lever,
            ContextWeights = action.ContextWeights.Select(weight => new ContextWeight(Condition(weight), weight.Weight)).ToArray(),
        };
    }

    private CapacityModel Capacity(CapacityConfig capacity)
    {
        var unit = Parse<CapacityUnit>(capacity.Unit);
        return new CapacityModel(
            capacity.Name,
            unit,
            (long)(capacity.Limit * (unit == CapacityUnit.Touches ? 1 : 1_000_000)),
            Parse<CapacityScope>(capacity.Per),
            Parse<CapPeriod>(capacity.Period),
            TimeZones.Find(capacity.Zone)!,
            [.. config.Actions.Select(action => CapacityValidator.Concerns(capacity, action))]);
    }

    private FeatureCondition Condition(ConditionConfig condition) => new(
        condition.Feature,
        condition.Feature switch
        {
            ChurnProbability => FeatureCondition.ChurnProbability,
            WinBackProbability => FeatureCondition.WinBackProbability,
            _ => IndexOf(condition.Feature),
        },
        condition.Op,
        condition.Value,
        condition.PassesWhenMissing);

    private FeatureCondition Condition(ContextWeightConfig weight) =>
        Condition(new ConditionConfig { Feature = weight.Feature, Op = weight.Op, Value = weight.Value });

    private static string ReasonRule(Choice<LapseReason> reasons) => reasons.Members switch
    {
        [LapseReason.Price] => "A1",
        [LapseReason.Neglect] => "A2",
        [LapseReason.SupportFriction] => "A3",
        [LapseReason.Switching] => "A4",
        [LapseReason.Unknown] => "A5",
        _ => "L1",
    };

    private int IndexOf(string feature)
    {
        for (int i = 0; i < features.Count; i++)
            if (features[i] == feature) return i;
        return -1;
    }

    private static T Parse<T>(string name)
        where T : struct, Enum =>
        Names.TryParse(name, out T value) ? value : throw new InvalidOperationException($"'{name}' passed validation");
}
