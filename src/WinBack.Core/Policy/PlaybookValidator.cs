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

/// <summary>Checks a playbook as a whole and turns it into a model. Reports all errors, each with its field and fix.</summary>
public sealed class PlaybookValidator
{
    private readonly PlaybookConfig _config;
    private readonly FieldChecks _check;

    private PlaybookValidator(PlaybookConfig config, IReadOnlyList<string> features)
    {
        _config = config;
        _check = new FieldChecks(features);
    }

    /// <param name="features">Names of the feature schema, in order; the model holds places in it.</param>
    /// <param name="errors">All that is wrong; empty exactly when there is a model.</param>
    public static PlaybookModel? Validate(
        PlaybookConfig config, IReadOnlyList<string> features, out IReadOnlyList<PlaybookError> errors)
    {
        var validator = new PlaybookValidator(config, features);
        validator.CheckHead();
        validator.CheckValue();
        validator.CheckCaps();
        ReasonsValidator.Check(config.Reasons, validator._check);
        new SendWindowValidator(config.SendWindows, validator._check).Validate();
        ArbitrationModel.Check(config.Arbitration, validator._check);
        ExplorationModel.Check(config.Exploration, validator._check);
        new ActionValidator(config, validator._check).Validate();
        new SequenceValidator(config, validator._check).Validate();
        new OfferValidator(config, validator._check).Validate();
        new UnreachableActions(config, validator._check).Check();
        new IdleCaps(config, validator._check).Check();
        CapacityValidator.Check(config, validator._check);
        new ExperimentValidator(config, validator._check).Validate();
        CartMails.Check(config, validator._check);
        PriorityChecks.Check(config, validator._check);
        errors = validator._check.Errors;
        return errors.Count == 0 ? new PlaybookBuilder(config, features).Build() : null;
    }

    private void CheckHead()
    {
        _check.Name("name", _config.Name);
        _check.Currency("currency", _config.Currency);
        _check.Range("reservation", _config.Reservation, TimeSpan.FromSeconds(10), TimeSpan.FromDays(1));
        _check.Range("lapse.silence_days", _config.Lapse.SilenceDays, 1, 730, "days");
        foreach ((string category, int days) in _config.Lapse.SilenceDaysByCategory)
            _check.Range($"lapse.silence_days_by_category.{category}", days, 1, 730, "days");
        CheckMaxSilence();
        foreach ((string channel, string answer) in _config.UnknownConsent)
        {
            _check.OneOf<Channel>($"unknown_consent.{channel}", channel);
            if (answer is not ("allow" or "deny"))
                _check.Add($"unknown_consent.{channel}", $"'{answer}' is neither allow nor deny", "write allow or deny");
        }

        if (_config.UnknownConsent.GetValueOrDefault("sms") == "allow")
            _check.Add("unknown_consent.sms", "text messages need consent", "write deny", "A12");
        _check.Range("sequence.max_touches", _config.Sequence.MaxTouches, 1, 20, "touches");
        _check.Range("sequence.days", _config.Sequence.Days, 7, 60, "days", "S1");
        _check.Range("sequence.discount_from_touch", _config.Sequence.DiscountFromTouch, 2, 5, "(never the opener)", "S2");
        _check.Range("sequence.rest_days", _config.Sequence.RestDays, 0, 365, "days");
    }

    private void CheckMaxSilence()
    {
        const string path = "lapse.max_silence_days";
        LapseConfig lapse = _config.Lapse;
        _check.Range(path, lapse.MaxSilenceDays, 30, 3_650, "days", "L4");
        int longest = lapse.SilenceDaysByCategory.Values.Append(lapse.SilenceDays).Max();
        if (lapse.MaxSilenceDays is >= 30 and <= 3_650 && longest is >= 1 and <= 730 && longest >= lapse.MaxSilenceDays)
            _check.Add(path, $"is over before a silence of {longest} days makes a lapse", "write more days", "L4");
    }

    private void CheckValue()
    {
        ValueConfig value = _config.Value;
        foreach ((string field, string feature) in
            new[] { ("order_value", value.OrderValue), ("orders_per_year", value.OrdersPerYear), ("monthly_price", value.MonthlyPrice) })
            if (feature.Length > 0) _check.Feature("value." + field, feature, alsoScores: false);
        if ((value.OrderValue.Length > 0) != (value.OrdersPerYear.Length > 0))
            _check.Add("value.order_value", "order_value and orders_per_year belong together", "name both features or neither");
        if (!(value.Margin is > 0 and <= 1)) _check.Add("value.margin", $"{value.Margin} is not in (0, 1]", "write a share, e.g. 0.4");
        if (value.Floor <= 0) _check.Add("value.floor", "a floor of 0 or less makes payback undefined", "write an amount above 0");
        if (value.Ceiling < value.Floor) _check.Add("value.ceiling", "the ceiling is below the floor", "write at least the floor");
        if (value.HighTierFrom < value.MidTierFrom)
            _check.Add("value.high_tier_from", "the high tier starts below the middle one", "write at least mid_tier_from");
        _check.Amount("value.unsubscribe_cost", value.UnsubscribeCost);
        _check.Range("value.max_payback_months", value.MaxPaybackMonths, 1, 36, "months", "V2");
    }

    private void CheckCaps()
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { PlaybookBuilder.SequenceCapName };
        for (int i = 0; i < _config.Caps.Count; i++)
        {
            CapConfig cap = _config.Caps[i];
            string path = $"caps[{i}]";
            _check.Name(path + ".name", cap.Name);
            if (!names.Add(cap.Name)) _check.Add(path + ".name", $"'{cap.Name}' is taken", "give each cap a name of its own");
            if (_check.OneOf<CapScope>(path + ".scope", cap.Scope) is { } scope) CheckOf(path + ".of", cap.Of, scope);
            _check.OneOf<CapUnit>(path + ".counts", cap.Counts);
            CapWindowChecks.Check(path, cap, _config.SendWindows, _check);
        }
    }

    private void CheckOf(string path, string of, CapScope scope)
    {
        if (of.Length == 0) return;
        switch (scope)
        {
            case CapScope.Overall: _check.Add(path, "an overall cap concerns everything", "leave 'of' out, or narrow the scope"); break;
            case CapScope.Channel: _check.OneOf<Channel>(path, of); break;
            case CapScope.Category: _check.OneOf<ActionCategory>(path, of); break;
            case CapScope.Action when _config.Actions.TrueForAll(a => a.Name != of):
                _check.Add(path, $"there is no action '{of}'", "name an action of this playbook");
                break;
        }
    }
}
