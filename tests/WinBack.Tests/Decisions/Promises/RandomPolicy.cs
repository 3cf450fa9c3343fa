using WinBack.Core.Policy;
using WinBack.Core.Policy.Experiments;
using WinBack.Tests.Policy;
using WinBack.Tests.Policy.Experiments;
using WinBack.Tests.Policy.Sequences;

namespace WinBack.Tests.Decisions.Promises;

/// <summary>Random playbooks in which everything that depends on time meets: what one of them turns down, another lets through.</summary>
internal static class RandomPolicy
{
    private static readonly string[] Channels = ["email", "email", "print", "sms", "push", "call"];
    private static readonly string[] Periods = ["day", "week", "month", "sequence"];
    private static readonly string[] Zones = ["Europe/London", "America/New_York", "Australia/Lord_Howe"];

    internal static PlaybookConfig Of(Random random)
    {
        PlaybookConfig config = random.Next(3) == 0 ? RandomSequences.Playbook(random) : Plain(random);
        foreach (string channel in new[] { "email", "print", "sms", "push", "call" }) config.UnknownConsent[channel] = "allow";
        config.Reservation = TimeSpan.FromMinutes(random.Next(1, 2_000));
        config.SendWindows.ZonesWhenUnknown = [.. random.GetItems(Zones, random.Next(1, 3)).Distinct()];
        Caps(random, config);
        if (random.Next(2) == 0) Windows(random, config);
        if (random.Next(2) == 0) Capacities(random, config);
        if (random.Next(3) == 0) Priorities(random, config);
        if (random.Next(3) == 0) Experiments(random, config);
        if (random.Next(8) == 0) config.Holdout = new HoldoutConfig { Percent = 30, Salt = "h" };
        return config;
    }

    private static PlaybookConfig Plain(Random random)
    {
        PlaybookConfig config = TestPlaybook.Config();
        config.Actions.Clear();
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            ActionConfig action = TestPlaybook.Action($"a{i}", random.GetItems(Channels, 1)[0]);
            action.RequiresLapse = random.Next(5) > 0;
            if (random.Next(3) == 0) action.ContactCost = random.Next(1, 15);
            if (action.RequiresLapse && random.Next(2) == 0) action.MinLapseDays = random.Next(1, 60);
            if (action.RequiresLapse && random.Next(3) == 0) action.MaxLapseDays = action.MinLapseDays + random.Next(1, 60);
            if (random.Next(5) == 0) action.MinSequenceDays = random.Next(1, 30);
            if (random.Next(4) == 0) action.Offer = Offer(random);
            if (random.Next(12) == 0) action.Category = "transactional";
            config.Actions.Add(action);
        }

        config.Sequence.RestDays = random.Next(1, 31);
        config.Sequence.MaxTouches = random.Next(2, 6);
        config.Sequence.Days = random.Next(10, 46);
        return config;
    }

    private static OfferConfig Offer(Random random)
    {
        int kind = random.Next(5);
        return new OfferConfig
        {
            Name = kind == 4 ? "o3" : $"o{kind}", Cost = random.Next(1, 4), Days = random.Next(2, 12), IsDated = kind == 3, IsReminder = kind == 4,
            IsDiscount = random.Next(4) == 0, Code = kind == 2 ? "C2" : "", CodeUntil = kind == 2 ? "2026-09-30" : "",
        };
    }

    private static void Caps(Random random, PlaybookConfig config)
    {
        for (int i = random.Next(4); i > 0; i--)
        {
            var cap = new CapConfig
            {
                Name = $"c{i}", Limit = random.Next(1, 4), Scope = random.GetItems(["overall", "channel", "action", "category"], 1)[0],
                Counts = random.GetItems(["reserved", "sent", "delivered", "impression"], 1)[0], CountsTransactional = random.Next(2) == 0,
            };
            switch (random.Next(4))
            {
                case 0: cap.MinGap = TimeSpan.FromHours(random.Next(1, 200)); break;
                case 1: cap.Window = TimeSpan.FromHours(random.Next(1, 400)); break;
                default: cap.Period = Periods[random.Next(Periods.Length)]; break;
            }

            // Receipts and impressions outside of any sequence count a while under it: it may be free sooner than is promised.
            if (cap.Period == "sequence") (cap.Counts, cap.CountsTransactional) = (random.GetItems(["reserved", "sent"], 1)[0], false);

            config.Caps.Add(cap);
        }
    }

    private static void Windows(Random random, PlaybookConfig config)
    {
        foreach (string channel in new[] { "email", "sms", "push" })
        {
            if (random.Next(3) == 0) continue;
            int from = random.Next(24), to = random.Next(24);
            if (from == to) continue;
            var window = new SendWindowConfig { Channel = channel, From = $"{from:00}:{random.Next(60):00}", To = $"{to:00}:00" };
            if (random.Next(3) == 0) window.Days = ["tuesday", "sunday"];
            config.SendWindows.Windows.Add(window);
        }
    }

    private static void Capacities(Random random, PlaybookConfig config)
    {
        string[] periods = ["day", "week", "month"];
        config.Capacities.Add(new()
        {
            Name = "units", Channel = config.Actions[0].Channel, Limit = random.Next(1, 3),
            Period = periods[random.Next(3)], Zone = Zones[random.Next(3)],
        });
        config.Capacities.Add(new()
        {
            Name = "budget", Actions = [.. config.Actions.Select(a => a.Name)], Unit = "offer_cost", Limit = random.Next(2, 8),
            Period = periods[random.Next(3)], Zone = Zones[random.Next(3)],
        });
    }

    private static void Priorities(Random random, PlaybookConfig config)
    {
        config.Priority.Lookahead = TimeSpan.FromHours(random.Next(1, 400));
        foreach (ActionConfig action in config.Actions) action.Priority = random.Next(3);
    }

    /// <summary>They begin, end, or both, while the customers of a test live.</summary>
    private static void Experiments(Random random, PlaybookConfig config)
    {
        ExperimentConfig experiment = TestExperiments.Subject();
        DateOnly start = DateOnly.FromDateTime(CustomerHistory.Now.Date).AddDays(random.Next(-20, 40));
        (experiment.Start, experiment.End) = ($"{start:yyyy-MM-dd}", $"{start.AddDays(random.Next(5, 60)):yyyy-MM-dd}");
        var treatment = new VariantConfig { Name = "other", Share = 50 };
        ActionConfig changed = config.Actions[random.Next(config.Actions.Count)];
        if (random.Next(2) == 0) treatment.Forbids = [changed.Name];
        else if (changed.RequiresLapse) treatment.MinLapseDays[changed.Name] = random.Next(1, 90);
        if (random.Next(3) == 0)
        {
            config.Actions.Add(TestPlaybook.Action("added", "email"));
            treatment.Adds = ["added"];
        }

        experiment.Variants = [new VariantConfig { Name = "control", Share = 50 }, treatment];
        config.Experiments = [experiment];
    }
}
