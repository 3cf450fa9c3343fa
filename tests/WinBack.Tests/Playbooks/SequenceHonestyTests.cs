using WinBack.Adapters.Playbooks;
using WinBack.Tests.Policy;

namespace WinBack.Tests.Playbooks;

/// <summary>Sequences that break a rule, or have a step that nobody gets: refused with line, rule and fix.</summary>
public sealed class SequenceHonestyTests
{
    private const string Sound = """
        name: honest
        currency: GBP
        actions:
          - { name: soft, channel: email, content: c, response_odds_ratio: 2 }
          - { name: news, channel: email, content: c, response_odds_ratio: 2 }
          - { name: card, channel: print, content: c, response_odds_ratio: 2 }
          - { name: offer, channel: email, content: c, response_odds_ratio: 2, offer: { name: ten, cost_of_order: 0.1 } }
          - { name: until, channel: email, content: c, response_odds_ratio: 2, offer: { name: dated, is_dated: true, days: 10, cost: 1 } }
          - { name: tomorrow, channel: email, content: c, response_odds_ratio: 2, offer: { name: dated, is_reminder: true, cost: 1 } }
          - { name: apart, channel: email, content: c, response_odds_ratio: 2, tiers: [high] }
          - { name: bonus, channel: email, content: c, response_odds_ratio: 2, offer: { name: bonus, cost: 1 } }
          - { name: note, channel: email, content: c, response_odds_ratio: 2 }
          - { name: cart, channel: email, content: c, response_odds_ratio: 2, requires_lapse: false }
        sequences:
          - name: main
            tiers: [low, mid]
            steps:
              - { name: reminder, actions: [soft] }
              - { name: value, at: 7d, actions: [news] }
              - { name: offer, at: 21d, gap: 5d, actions: [offer] }
          - name: dated
            trigger: cancellation
            steps:
              - { name: first, actions: [note] }
              - { name: until, at: 7d, actions: [until] }
              - { name: tomorrow, at: 14d, actions: [tomorrow] }
          - name: carts
            trigger: abandoned_cart
            days: 5
            steps:
              - { name: first, at: 1h, actions: [cart] }
        """;

    private const string AnotherDeadline = "\n  - { name: more, channel: sms, content: c, response_odds_ratio: 2,"
        + " offer: { name: dated, is_dated: true, days: 20, cost: 1 } }";

    /// <summary>Rule; what is replaced by what in the sound playbook; where and of what the error speaks.</summary>
    public static TheoryData<string, string, string, string> Faults => new()
    {
        { "S2", "actions: [soft]", "actions: [soft, offer]", "p.yaml:18: sequences[0].steps[0].actions: 'offer' carries a discount" },
        { "S1", "at: 21d", "at: 45d", "p.yaml:20: sequences[0].steps[2].at: comes after the last day: day 45 at the earliest, of 45" },
        { "S1", "gap: 5d", "gap: 40d", "p.yaml:20: sequences[0].steps[2].at: comes after the last day: day 47" },
        { "S1", "at: 7d", "at: 21d", "p.yaml:20: sequences[0].steps[2].at: is not later than the step before" },
        { "S1", "name: main", "name: main\n    days: 90", "p.yaml:16: sequences[0].days: 90 is out of range" },
        { "S1", "[soft] }", "[soft], on_capped: skip }", "p.yaml:18: sequences[0].steps[0].on_capped: the first step" },
        { "S1", "[soft] }", "[soft], skip_when: responded }", "p.yaml:18: sequences[0].steps[0].skip_when: there is nothing" },
        { "S1", "currency: GBP", "currency: GBP\nsequence: { max_touches: 2 }", "p.yaml:19: sequences[0].steps: step 3 is never reached" },
        {
            "S1", "currency: GBP", "currency: GBP\ncaps: [ { name: few, limit: 2, window: 60d } ]",
            "p.yaml:19: sequences[0].steps: step 3 is never reached: cap few allows 2 touches in 60 d"
        },
        { "C2", "[news] }", "[news, card] }", "p.yaml:19: sequences[0].steps[1].on_capped: capped on one channel" },
        { "C2", "[news] }", "[news], on_capped: substitute }", "p.yaml:19: sequences[0].steps[1].on_capped: there is no other channel" },
        { "A9", ", requires_lapse: false", "", "p.yaml:31: sequences[2].steps[0].actions: 'cart' waits for a lapse" },
        { "A16", "name: main", "name: main\n    trigger: moment", "p.yaml:16: sequences[0].trigger: a moment needs conditions" },
        { "S4", "name: main", "name: main\n    follows: [none]", "p.yaml:16: sequences[0].follows[0]: 'none' is no other sequence" },
        { "S4", "name: main", "name: main\n    repeat_after: 7d", "p.yaml:16: sequences[0].repeat_after: is shorter than the rest" },
        { "L4", "name: main", "name: main\n    after: 600d", "p.yaml:16: sequences[0].after: is never reached" },
        { "A9", "trigger: abandoned_cart", "trigger: abandoned_cart\n    repeat_after: 60d", "p.yaml:29: sequences[2].repeat_after: would speak of" },
        {
            "S1", "name: tomorrow, channel", "name: tomorrow, max_lapse_days: 14, channel",
            "p.yaml:26: sequences[1].steps[2].actions: 'tomorrow' is never sent: the step comes on day 14 of the lapse at the earliest"
        },
        { "L5", "actions: [soft]", "actions: [soft, apart]", "p.yaml:18: sequences[0].steps[0].actions: 'apart' is never sent" },
        { "S5", "days: 10, cost: 1 } }", "days: 10, cost: 1 } }" + AnotherDeadline, "p.yaml:9: actions[5].offer.days: could extend the deadline" },
        { "S5", "is_dated: true, ", "", "p.yaml:9: actions[5].offer.is_reminder: is never sent: no action issues 'dated'" },
        { "S5", "at: 14d", "at: 18d", "p.yaml:26: sequences[1].steps[2].actions: is never sent: the day before 'dated' ends is day 16" },
        {
            "S5", "at: 7d, actions: [until]", "at: 7d, actions: [card]",
            "p.yaml:26: sequences[1].steps[2].actions: reminds of 'dated' before"
        },
        {
            "S1", "trigger: cancellation", "trigger: cancellation\n    days: 16",
            "p.yaml:27: sequences[1].steps[2].actions: comes after the last day"
        },
        { "S6", "[tomorrow]", "[bonus]", "p.yaml:26: sequences[1].steps[2].actions: stacks incentives" },
        { "S7", "days: 10, cost: 1", "days: 10, cost: 1, code: TEN, code_until: tomorrow", "p.yaml:8: actions[4].offer.code_until" },
        { "S5", "days: 10, cost: 1", "days: 100, cost: 1", "p.yaml:8: actions[4].offer.days: 100 is out of range" },
        { "", "actions: [news]", "actions: [soft]", "p.yaml:19: sequences[0].steps[1].actions: 'soft' belongs to main/reminder already" },
        { "", "actions: [news]", "actions: [gone]", "p.yaml:19: sequences[0].steps[1].actions: there is no action 'gone'" },
        { "", "name: value,", "name: reminder,", "p.yaml:19: sequences[0].steps[1].name: 'reminder' is taken" },
        { "", "trigger: abandoned_cart", "trigger: full_moon", "p.yaml:28: sequences[2].trigger: 'full_moon' is not known" },
    };

    [Fact]
    public void Accepts_TheSoundPlaybook() => Assert.Empty(Errors(Sound));

    [Theory]
    [MemberData(nameof(Faults))]
    [Trait("Rule", "S1")]
    [Trait("Rule", "S2")]
    [Trait("Rule", "S4")]
    [Trait("Rule", "A9")]
    public void Rejects_WhatBreaksARule_WithLineRuleAndFix(string rule, string sound, string broken, string expected)
    {
        Assert.Contains(sound, Sound, StringComparison.Ordinal);
        IReadOnlyList<PlaybookFileError> errors = Errors(Sound.Replace(sound, broken, StringComparison.Ordinal));
        PlaybookFileError error = Assert.Single(
            errors, e => e.ToString().StartsWith(expected, StringComparison.Ordinal));
        Assert.Equal(rule, error.Rule);
        Assert.NotEmpty(error.Fix);
    }

    /// <summary>The last day of a step, and the first of its action.</summary>
    [Theory]
    [InlineData("within: 20d", "first: note", 20, true)]
    [InlineData("within: 20d", "first: note", 19, false)]
    [InlineData("within: 20d", "until: until", 65, true)]
    [InlineData("within: 20d", "until: until", 64, false)]
    [Trait("Rule", "S1")]
    public void Step_BeforeTheDaysOfItsAction_IsRefused(string within, string step, int minLapseDays, bool isRefused)
    {
        string action = step.Split(' ')[1];
        string text = Sound.Replace("trigger: cancellation", "trigger: cancellation\n    " + within, StringComparison.Ordinal)
            .Replace($"name: {action}, channel", $"name: {action}, min_lapse_days: {minLapseDays}, channel", StringComparison.Ordinal);
        string problem = $"'{action}' is never sent: the step comes before day";
        Assert.Equal(isRefused, Errors(text).Any(e => e.ToString().Contains(problem, StringComparison.Ordinal)));
    }

    /// <summary>A9: a second sequence about the same cart.</summary>
    [Fact]
    [Trait("Rule", "A9")]
    public void Cart_SequenceAfterSequence_BringsNoFourthMail()
    {
        string more = string.Concat(Enumerable.Range(1, 3).Select(
            i => $"  - {{ name: m{i}, channel: email, content: c, response_odds_ratio: 2, requires_lapse: false }}\n"));
        string text = Sound.Replace("sequences:\n", more + "sequences:\n", StringComparison.Ordinal)
            + "\n  - name: again\n    trigger: abandoned_cart\n    follows: [carts]\n    days: 5\n    steps:\n"
            + string.Join('\n', Enumerable.Range(1, 3).Select(i => $"      - {{ name: s{i}, at: {i}d, actions: [m{i}] }}"));
        PlaybookFileError error = Assert.Single(Errors(text));
        Assert.StartsWith("p.yaml:37: sequences[3].follows: brings a fourth mail", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Errors(text[..text.LastIndexOf('\n')]));
    }

    private static IReadOnlyList<PlaybookFileError> Errors(string text) => PlaybookFile.Parse("p.yaml", text, TestPlaybook.Features).Errors;
}
