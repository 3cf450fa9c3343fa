using System.Text.Json;
using WinBack.Adapters.Playbooks;
using WinBack.Core.Events;
using WinBack.Core.Features;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Sequences;
using WinBack.Tests.Policy;

namespace WinBack.Tests.Playbooks;

public sealed class PlaybookFileTests
{
    private const string Minimal = """
        name: small
        currency: GBP
        unknown_consent: { email: allow }
        caps:
          - { name: mail_7d, scope: channel, of: email, limit: 2, window: 36h }
        actions:
          - name: mail
            channel: email
            content: c
            max_lapse_days: 90
            contact_cost: 0.50
            conditions: [ { feature: visits, op: ">=", value: 2.5 } ]
            offer: { name: gift, is_discount: false, cost: 3 }
            response_odds_ratio: 2
        """;

    [Fact]
    public void Accepts_EveryKindOfField()
    {
        PlaybookModel model = Parse(Minimal).Model!;
        ActionModel action = Assert.Single(model.Actions);
        Assert.Equal((Channel.Email, 0.5, TimeSpan.FromDays(90)), (action.Channel, action.ContactCost, action.MaxSinceLapse));
        Assert.Equal(("gift", false, 3.0), (action.Offer!.Name, action.Offer.IsDiscount, action.Offer.Cost));
        Assert.Equal("visits >= 2.5", Assert.Single(action.Conditions).ToString());
        Assert.Equal(new CapUse("mail_7d/email", 2, TimeSpan.FromHours(36), true), action.Caps[1]);
        Assert.True(model.AllowsUnknownConsent(Channel.Email));
        Assert.False(model.AllowsUnknownConsent(Channel.Sms));
    }

    [Fact]
    public void Version_LayoutAndDefaultsWrittenOut_AreTheSamePlaybook()
    {
        string rewritten = Minimal.Replace("contact_cost: 0.50", "contact_cost: 0.5  # half") + "\nreservation: 10m\n";
        Assert.Equal(Parse(Minimal).Model!.Version, Parse(rewritten).Model!.Version);
        Assert.NotEqual(Parse(Minimal).Model!.Version, Parse(rewritten.Replace("10m", "11m")).Model!.Version);
    }

    [Fact]
    public void Rejects_AllFaults_EachWithItsLine()
    {
        string broken = Minimal.Replace("currency: GBP", "currency: pounds").Replace("limit: 2", "limit: two")
            .Replace("content: c", "contents: c").Replace("feature: visits", "feature: shoe_size").Replace("window: 36h", "window: 36");
        Assert.Equal(
            [
                "p.yaml:2: currency: 'pounds' is no currency code; write three capital letters, e.g. GBP",
                "p.yaml:5: caps[0].limit: is 'two'; write a whole number",
                "p.yaml:5: caps[0].window: is '36'; write a duration such as 10m, 36h or 7d",
                "p.yaml:7: actions[0].content: is missing; name the template to send",
                "p.yaml:9: actions[0].contents: is no field; write one of category, channel, conditions, contact_cost, content,"
                    + " context_weights, lever, max_lapse_days, min_lapse_days, min_sequence_days, name, offer, prior_strength, priority,"
                    + " product_update, reasons,"
                    + " requires_lapse,"
                    + " response_odds_ratio, segments, tiers, unsubscribe_probability",
                "p.yaml:12: actions[0].conditions[0].feature: there is no feature 'shoe_size'; see docs/FEATURES.md for the names",
            ],
            Parse(broken).Errors.Select(e => e.ToString()));
    }

    [Theory]
    [InlineData("name: {", "p.yaml:2: is no YAML")]
    [InlineData("name: a\nname: b", "p.yaml:2: is no YAML")]
    [InlineData("", "p.yaml:1: holds 0 documents; write exactly one")]
    [InlineData("a: 1\n---\nb: 2", "p.yaml:1: holds 2 documents; write exactly one")]
    [InlineData("- a", "p.yaml:1: is a list; write fields")]
    public void Rejects_WhatIsNoPlaybook(string text, string expected) =>
        Assert.Contains(Parse(text).Errors, e => e.ToString().StartsWith(expected, StringComparison.Ordinal));

    [Fact]
    public void Default_Playbook_IsValidAndRich()
    {
        PlaybookFileResult result = PlaybookFile.Load(RepositoryFiles.Path("playbooks", "default.yaml"), FeatureSchema.Default.Names);
        Assert.Empty(result.Errors);
        PlaybookModel model = result.Model!;
        Assert.True(model.Actions.Count >= 8);
        Assert.Superset(
            new HashSet<Channel> { Channel.Email, Channel.Sms, Channel.Push, Channel.Call },
            model.Actions.Select(a => a.Channel).ToHashSet());
        Assert.Superset(
            new HashSet<CapScope> { CapScope.Overall, CapScope.Channel, CapScope.Action, CapScope.Category },
            model.Caps.Select(c => c.Scope).ToHashSet());
        Assert.Contains(model.Actions, a => a.Offer is { IsDiscount: true });
    }

    [Fact]
    public void Document_NamesEveryField()
    {
        string document = File.ReadAllText(RepositoryFiles.Path("docs", "PLAYBOOKS.md"));
        Type[] groups =
        [
            typeof(PlaybookConfig), typeof(LapseConfig), typeof(SequenceConfig), typeof(ValueConfig), typeof(CapConfig),
            typeof(ActionConfig), typeof(ConditionConfig), typeof(OfferConfig), typeof(SendWindowsConfig), typeof(SendWindowConfig),
            typeof(TouchSequenceConfig), typeof(StepConfig),
        ];
        Assert.All(
            groups.SelectMany(group => group.GetProperties()).Select(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name)),
            field => Assert.Contains(field, document, StringComparison.Ordinal));
    }

    private static PlaybookFileResult Parse(string text) => PlaybookFile.Parse("p.yaml", text, TestPlaybook.Features);
}
