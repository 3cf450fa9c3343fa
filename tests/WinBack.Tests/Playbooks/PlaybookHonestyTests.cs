using WinBack.Adapters.Playbooks;
using WinBack.Tests.Policy;

namespace WinBack.Tests.Playbooks;

/// <summary>
/// What a playbook may not do to customers, and what would never do anything: refused with line, rule and fix. Each case
/// is a playbook that is accepted without its fault, so that nothing but the rule can refuse it.
/// </summary>
public sealed class PlaybookHonestyTests
{
    private const string Sound = """
        name: honest
        currency: GBP
        lapse: { silence_days: 60 }
        sequence: { max_touches: 3, days: 45 }
        value: { max_payback_months: 9 }
        caps:
          - { name: mail_7d, scope: channel, of: email, limit: 1, window: 7d }
        actions:
          - { name: reminder, channel: email, content: c, response_odds_ratio: 2, contact_cost: 0.02 }
          - name: offer
            channel: email
            content: c
            min_sequence_days: 21
            offer: { name: ten_percent, cost_of_order: 0.1 }
            response_odds_ratio: 2
        """;

    /// <summary>Rule; what is replaced by what in the sound playbook; where and of what the error speaks.</summary>
    public static TheoryData<string, string, string, string> Faults => new()
    {
        { "S2", "max_touches: 3", "max_touches: 3, discount_from_touch: 1", "p.yaml:4: sequence.discount_from_touch: 1 is out of range" },
        {
            "S2", Reminder + "\n" + Offer + "\n    min_sequence_days: 21", Offer,
            "p.yaml:12: actions[0].offer: a discount would be the first touch"
        },
        { "A9", Reminder, FourCartMails, "p.yaml:12: actions[3]: is a fourth mail about an abandoned cart" },
        {
            "S6", "{ name: ten_percent, cost_of_order: 0.1 }", "[ { name: a, cost: 1 }, { name: b, cost: 2 } ]",
            "p.yaml:14: actions[1].offer: stacks"
        },
        { "S1", "min_sequence_days: 21", "min_sequence_days: 45", "p.yaml:13: actions[1].min_sequence_days: 45 is out of range" },
        {
            "S1", "min_sequence_days: 21", "min_sequence_days: 21\n    max_lapse_days: 21",
            "p.yaml:13: actions[1].min_sequence_days: comes after the last day"
        },
        { "S1", Reminder + "\n", "", "p.yaml:12: actions[0].min_sequence_days: is never reached" },
        {
            "S1", "max_touches: 3", "max_touches: 3, discount_from_touch: 4",
            "p.yaml:4: sequence.discount_from_touch: touch 4 is never reached"
        },
        { "S1", "contact_cost: 0.02", "requires_lapse: false, min_lapse_days: 5", "p.yaml:9: actions[0].min_lapse_days: is not looked at" },
        { "L1", "contact_cost: 0.02", "requires_lapse: false, reasons: [price]", "p.yaml:9: actions[0].reasons: is not looked at" },
        { "L4", "silence_days: 60", "silence_days: 400, max_silence_days: 300", "p.yaml:3: lapse.max_silence_days: is over before" },
        { "L4", "min_sequence_days: 21", "min_lapse_days: 600", "p.yaml:13: actions[1].min_lapse_days: is never reached" },
        { "L6", "contact_cost: 0.02", "reasons: [product_fit]", "p.yaml:9: actions[0].reasons: product_fit gets nothing" },
        { "A3", "min_sequence_days: 21", "reasons: [support_friction]", "p.yaml:14: actions[1].offer: customers lost to support friction" },
        { "A4", "min_sequence_days: 21", "reasons: [switching]", "p.yaml:14: actions[1].offer: customers who switch" },
        { "A12", "lapse: {", "unknown_consent: { sms: allow }\nlapse: {", "p.yaml:3: unknown_consent.sms: text messages need consent" },
        { "C5", "min_sequence_days: 21", "category: transactional", "p.yaml:14: actions[1].offer: a discount makes a message marketing" },
        { "V1", "contact_cost: 0.02", "contact_cost: 900", "p.yaml:9: actions[0].response_odds_ratio: is never worth a touch" },
        {
            "V1", "response_odds_ratio: 2, ", "",
            "p.yaml:9: actions[0].response_odds_ratio: is never worth a touch: it brings at most 0.00"
        },
        { "V2", "cost_of_order: 0.1", "cost: 3751", "p.yaml:14: actions[1].offer.cost: 3751 never pays back within 9 months" },
        { "V2", "max_payback_months: 9", "max_payback_months: 40", "p.yaml:5: value.max_payback_months: 40 is out of range" },
        { "C2", "of: email", "of: sms", "p.yaml:7: caps[0]: can never bind: it concerns no action" },
        {
            "C2", "scope: channel, of: email", "scope: category, of: transactional",
            "p.yaml:7: caps[0]: can never bind: it concerns no action"
        },
        {
            "C2", "limit: 1, window: 7d", "limit: 3, window: 45d",
            "p.yaml:7: caps[0]: can never bind: sequence allows at most 3 touches in 45 d"
        },
    };

    private const string Reminder = "  - { name: reminder, channel: email, content: c, response_odds_ratio: 2, contact_cost: 0.02 }";
    private const string Offer = "  - name: offer\n    channel: email\n    content: c";
    private static readonly string FourCartMails = string.Join('\n', Enumerable.Range(1, 4).Select(CartMail));

    [Fact]
    public void Accepts_TheSoundPlaybook() => Assert.Empty(Errors(Sound));

    [Theory]
    [MemberData(nameof(Faults))]
    public void Rejects_WhatBreaksARule_WithLineRuleAndFix(string rule, string sound, string broken, string expected)
    {
        Assert.Contains(sound, Sound, StringComparison.Ordinal);
        PlaybookFileError error = Assert.Single(Errors(Sound.Replace(sound, broken, StringComparison.Ordinal)));
        Assert.StartsWith(expected, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(rule, error.Rule);
        Assert.Contains($"(rule {rule}); {error.Fix}", error.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(error.Fix);
    }

    /// <summary>A9 counts what one customer may get.</summary>
    [Fact]
    public void A9_CartMailsForDifferentCustomers_AreNotCountedTogether()
    {
        string mails = FourCartMails.Replace("name: cart_4,", "name: cart_4, segments: [bought_once],", StringComparison.Ordinal)
            .Replace("name: cart_1,", "name: cart_1, segments: [browsed_only, bought_repeatedly],", StringComparison.Ordinal);
        Assert.Empty(Errors(Sound.Replace(Reminder, mails, StringComparison.Ordinal)));
    }

    /// <summary>A9: the mails of a cart sequence count, and one beside it that asks for carts is the fourth.</summary>
    [Theory]
    [InlineData("", true)]
    [InlineData("segments: [bought_once], ", false)]
    public void A9_MailBesideACartSequence_IsTheFourth(string audience, bool isRefused)
    {
        string steps = string.Concat(Enumerable.Range(1, 3).Select(
            i => $"  - {{ name: step_{i}, channel: email, content: c, response_odds_ratio: 2, requires_lapse: false }}\n"));
        string text = Sound.Replace(Reminder, Reminder + "\n" + steps + CartMail(4).Replace("name:", audience + "name:", StringComparison.Ordinal))
            + "\nsequences:\n  - name: carts\n    trigger: abandoned_cart\n    segments: [browsed_only]\n    days: 5\n    steps:\n"
            + string.Join('\n', Enumerable.Range(1, 3).Select(i => $"      - {{ name: s{i}, at: {i}d, actions: [step_{i}] }}"));
        Assert.Equal(isRefused ? ["A9"] : [], Errors(text).Select(e => e.Rule));
    }

    /// <summary>
    /// C2: a cap is idle when another one never lets it come so far. Two in 30 days bind although one a week is allowed;
    /// five in 30 days do not: 30 days are covered by five weeks.
    /// </summary>
    [Theory]
    [InlineData("channel, of: email", 4, "")]
    [InlineData("channel, of: email", 5, "caps[1]")]
    [InlineData("overall", 1, "caps[0]")]
    [InlineData("overall", 5, "")]
    public void C2_CapBesideAnotherOne_BindsOrNot(string scope, int limit, string idle)
    {
        string playbook = Sound.Replace("max_touches: 3", "max_touches: 20", StringComparison.Ordinal).Replace(
            "window: 7d }", $"window: 7d }}\n  - {{ name: more, scope: {scope}, limit: {limit}, window: 30d }}", StringComparison.Ordinal);
        Assert.Equal(idle.Length == 0 ? [] : [idle], Errors(playbook).Select(e => e.Path));
    }

    /// <summary>Two equal caps: one of them may go, and it is the later.</summary>
    [Fact]
    public void C2_TheSameCapTwice_TheLaterIsIdle()
    {
        string playbook = Sound.Replace(
            "window: 7d }", "window: 7d }\n  - { name: again, scope: channel, of: email, limit: 1, window: 7d }", StringComparison.Ordinal);
        Assert.Equal("caps[1]", Assert.Single(Errors(playbook)).Path);
    }

    [Theory]
    [InlineData("visits", "<", 2, ">", 5, true)]
    [InlineData("visits", ">", 2, "<=", 5, false)]
    [InlineData("visits", "==", 2, "!=", 2, true)]
    [InlineData("visits", ">=", 2, "<=", 2, false)]
    [InlineData("win_back_probability", ">", 1, ">", 0, true)]
    [InlineData("visits", ">", 1, ">", 0, false)]
    public void Conditions_ThatNoValueMeets_AreRefused(string feature, string op1, double v1, string op2, double v2, bool isRefused)
    {
        string conditions = FormattableString.Invariant(
            $"conditions: [ {{ feature: {feature}, op: \"{op1}\", value: {v1} }}, {{ feature: {feature}, op: \"{op2}\", value: {v2} }} ]");
        string[] paths = [.. Errors(Sound.Replace("contact_cost: 0.02", conditions, StringComparison.Ordinal)).Select(e => e.Path)];
        Assert.Equal(isRefused ? ["actions[0].conditions"] : [], paths);
    }

    private static string CartMail(int number) =>
        $"  - {{ name: cart_{number}, channel: email, content: c, response_odds_ratio: 2,"
        + " conditions: [ { feature: cart_abandons_30d, op: \">\", value: 0 } ] }";

    private static IReadOnlyList<PlaybookFileError> Errors(string text) =>
        PlaybookFile.Parse("p.yaml", text, [.. TestPlaybook.Features, "cart_abandons_30d"]).Errors;
}
