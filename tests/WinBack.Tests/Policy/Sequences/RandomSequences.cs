using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Sequences;

namespace WinBack.Tests.Policy.Sequences;

/// <summary>Random playbooks of three sequences, and random customers.</summary>
internal static class RandomSequences
{
    private static readonly string[] Triggers = ["lapse", "lapse", "cancellation", "sequence_end", "moment"];

    internal static PlaybookConfig Playbook(Random random)
    {
        PlaybookConfig config = TestPlaybook.Config();
        config.Actions.Clear();
        for (int s = 0; s < 3; s++) config.Sequences.Add(Sequence(random, s, config));
        ActionConfig loose = TestPlaybook.Email("loose");
        loose.MinLapseDays = random.Next(20, 200);
        loose.MaxLapseDays = loose.MinLapseDays + 20;
        config.Actions.Add(loose);
        config.Sequence.RestDays = random.Next(4) == 0 ? 10 : 30;
        config.Sequence.MaxTouches = 20;
        config.Caps =
        [
            new CapConfig { Name = "any", Limit = random.Next(1, 4), Window = TimeSpan.FromDays(random.Next(2, 12)) },
            new CapConfig { Name = "mail", Scope = "channel", Of = "email", Limit = 1, Window = TimeSpan.FromDays(5) },
        ];
        return config;
    }

    internal static CustomerHistory Customer(Random random)
    {
        var customer = new CustomerHistory();
        double last = random.NextDouble() * 300;
        customer.Bought(last + 10).Bought(last);
        if (random.Next(2) == 0) customer.Lifecycle(LifecycleKind.Cancelled, last * random.NextDouble(), LapseReason.Price);
        if (random.Next(8) == 0) customer.Consent(Channel.Email, ConsentKind.Withdrawn, 0.5);
        return customer;
    }

    /// <returns>When the customer came back; null when it was no return.</returns>
    internal static DateTimeOffset? Event(CustomerHistory customer, Random random, double day)
    {
        if (random.Next(2) == 0)
        {
            customer.Viewed(-day);
            return null;
        }

        customer.LoggedIn(-day);
        return Journey.Start.AddDays(day);
    }

    private static TouchSequenceConfig Sequence(Random random, int number, PlaybookConfig config)
    {
        var sequence = new TouchSequenceConfig
        {
            Name = $"s{number}",
            Trigger = Triggers[random.Next(Triggers.Length)],
            After = TimeSpan.FromDays(random.Next(2) * random.Next(40)),
            Within = random.Next(4) == 0 ? TimeSpan.FromDays(random.Next(50, 120)) : TimeSpan.Zero,
            Days = random.Next(20, 46),
        };
        if (number > 0 && random.Next(3) == 0) sequence.Follows.Add("s0");
        if (sequence.Trigger == "moment") sequence.RepeatAfter = TimeSpan.FromDays(random.Next(30, 100));
        if (random.Next(3) == 0) sequence.Reasons.Add("price");
        double day = 0;
        for (int i = random.Next(1, 5); i > 0; i--, day += random.Next(1, 15))
            sequence.Steps.Add(Step(random, $"{sequence.Name}_{i}", day, sequence.Steps.Count, config));
        return sequence;
    }

    private static StepConfig Step(Random random, string name, double day, int index, PlaybookConfig config)
    {
        var step = new StepConfig { Name = name, At = TimeSpan.FromDays(day), OnCapped = index == 0 ? "defer" : OnCapped(random) };
        if (random.Next(3) == 0) step.Gap = TimeSpan.FromDays(random.Next(1, 10));
        if (index > 0 && random.Next(5) == 0) step.SkipWhen = "responded";
        for (int i = random.Next(1, 3); i > 0; i--)
        {
            ActionConfig action = TestPlaybook.Action($"{name}_{i}", random.GetItems(["email", "email", "print", "sms"], 1)[0]);
            action.RequiresLapse = random.Next(5) > 0;
            if (index > 0 && random.Next(3) == 0) action.Offer = Offer(random);
            if (action.RequiresLapse && random.Next(5) == 0) action.MaxLapseDays = random.Next(20, 90);
            step.Actions.Add(action.Name);
            config.Actions.Add(action);
        }

        return step;
    }

    /// <summary>One of four, so that they meet; dated, reminding, or neither.</summary>
    private static OfferConfig Offer(Random random)
    {
        int kind = random.Next(4);
        return new OfferConfig
        {
            Name = kind == 3 ? "o2" : $"o{kind}", Cost = 1, Days = kind == 0 ? 6 : 9, IsDated = kind == 2, IsReminder = kind == 3,
        };
    }

    private static string OnCapped(Random random) => random.GetItems(["defer", "substitute", "skip", "end"], 1)[0];
}
