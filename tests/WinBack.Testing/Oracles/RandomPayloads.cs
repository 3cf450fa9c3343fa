using WinBack.Core.Events;

namespace WinBack.Testing.Oracles;

/// <summary>Random payloads of every kind, with values from nothing to the limits that the proto states.</summary>
internal sealed class RandomPayloads(Random random, string currency)
{
    private static readonly string[] Words = ["", "search", "export", "café", "предмет", "商品", "🎁", "a", "billing", "team"];

    /// <summary>Fills in a payload and answers which stream it belongs on.</summary>
    internal EventStream Fill(V1.CustomerEvent e)
    {
        switch (random.Next(12))
        {
            case 0 or 1:
                e.Usage = new V1.UsageEvent
                {
                    Feature = Name(),
                    Quantity = Amount(1_000_000_000),
                    DurationSeconds = Amount(31_536_000),
                    ErrorCount = Amount(1_000_000_000),
                };
                return EventStream.Usage;
            case 2:
                e.Login = new V1.LoginEvent { Device = Word() };
                return EventStream.Login;
            case 3 or 4 or 5:
                e.Billing = Billing();
                return EventStream.Billing;
            case 6:
                e.Lifecycle = new V1.LifecycleEvent
                {
                    Kind = (V1.LifecycleEvent.Types.Kind)random.Next(1, 5), Reason = (V1.LapseReason)random.Next(8), ReasonText = Word(),
                };
                return EventStream.Engagement;
            case 7 or 8:
                e.Engagement = Engagement();
                return EventStream.Engagement;
            case 9:
                e.Consent = Consent();
                return EventStream.Engagement;
            case 10:
                e.Profile = Profile();
                return EventStream.Engagement;
            default:
                e.Outcome = Outcome();
                return EventStream.Outcome;
        }
    }

    internal V1.ConsentEvent Consent() => new()
    {
        Channel = (V1.Channel)random.Next(1, 9), Kind = (V1.ConsentEvent.Types.Kind)random.Next(1, 6),
    };

    /// <summary>What only a newer binary would know, or nothing at all.</summary>
    internal void FillUnknown(V1.CustomerEvent e)
    {
        switch (random.Next(5))
        {
            case 0: e.Billing = new V1.BillingEvent { Kind = (V1.BillingEvent.Types.Kind)99 }; break;
            case 1: e.Engagement = new V1.EngagementEvent(); break;
            case 2: e.Consent = new V1.ConsentEvent { Channel = (V1.Channel)77, Kind = V1.ConsentEvent.Types.Kind.Withdrawn }; break;
            case 3: e.Outcome = new V1.OutcomeEvent { DecisionId = "d", Kind = (V1.OutcomeEvent.Types.Kind)88 }; break;
            default: break;
        }
    }

    /// <summary>A value that no version of the proto allows.</summary>
    internal void FillInvalid(V1.CustomerEvent e)
    {
        switch (random.Next(6))
        {
            case 0: e.Usage = new V1.UsageEvent { Feature = "f", Quantity = -1 - Amount(long.MaxValue - 1) }; break;
            case 1: e.Usage = new V1.UsageEvent { Feature = "" }; break;
            case 2: e.Billing = Purchase(long.MaxValue, currency); break;
            case 3: e.Billing = Purchase(-1, currency); break;
            case 4: e.Billing = Purchase(1, "XTS"); break;
            default: e.Billing = new V1.BillingEvent(); break;
        }
    }

    private static V1.BillingEvent Purchase(long micros, string code) => new()
    {
        Kind = V1.BillingEvent.Types.Kind.Purchase, Amount = new V1.Money { AmountMicros = micros, CurrencyCode = code },
    };

    private V1.BillingEvent Billing()
    {
        var billing = new V1.BillingEvent
        {
            Kind = (V1.BillingEvent.Types.Kind)random.Next(1, 6),
            ItemCount = Amount(1_000_000_000),
            Category = Word(),
            ItemId = Word(),
            Plan = Word(),
        };
        if (billing.Kind != V1.BillingEvent.Types.Kind.PlanChange || random.Next(2) == 0) billing.Amount = Money();
        if (random.Next(3) == 0) billing.PlanPriceMonthly = Money();
        return billing;
    }

    private V1.EngagementEvent Engagement() => random.Next(4) switch
    {
        0 => new V1.EngagementEvent { Viewed = new V1.EngagementEvent.Types.Viewed { Page = Word(), Category = Word() } },
        1 => new V1.EngagementEvent
        {
            Cart = new V1.EngagementEvent.Types.Cart
            {
                Status = (V1.EngagementEvent.Types.Cart.Types.Status)random.Next(1, 4),
                Value = random.Next(3) == 0 ? null : Money(),
                ItemCount = Amount(1_000_000_000),
            },
        },
        2 => new V1.EngagementEvent { Loyalty = new V1.EngagementEvent.Types.Loyalty { BalancePoints = Amount(long.MaxValue) } },
        _ => new V1.EngagementEvent
        {
            SupportCase = new V1.EngagementEvent.Types.SupportCase
            {
                Status = (V1.EngagementEvent.Types.SupportCase.Types.Status)random.Next(1, 3), Satisfaction = random.Next(6),
            },
        },
    };

    private V1.ProfileEvent Profile()
    {
        var profile = new V1.ProfileEvent { ValueTier = (V1.ValueTier)random.Next(4) };
        if (random.Next(2) == 0) profile.TimeZone = random.Next(2) == 0 ? "Europe/London" : "Asia/Tokyo";
        if (random.Next(2) == 0) profile.Language = random.Next(2) == 0 ? "en-GB" : "";
        if (random.Next(2) == 0) profile.AccountOwner = Word();
        if (random.Next(2) == 0) profile.Category = Word();
        return profile;
    }

    private V1.OutcomeEvent Outcome() => new()
    {
        DecisionId = Name(),
        Kind = (V1.OutcomeEvent.Types.Kind)random.Next(1, 11),
        Channel = (V1.Channel)random.Next(1, 9),
        Revenue = random.Next(3) == 0 ? Money() : null,
        Reason = (V1.LapseReason)random.Next(8),
        ReasonText = random.Next(2) == 0 ? Word() : "",
    };

    private V1.Money Money() => new() { AmountMicros = Amount(9_000_000_000_000), CurrencyCode = currency };

    /// <summary>Often small, often 0, now and then the limit itself.</summary>
    private long Amount(long limit) => random.Next(6) switch
    {
        0 => 0,
        1 => limit,
        2 => random.NextInt64(limit),
        _ => random.Next(1, 100),
    };

    private string Word() => Words[random.Next(Words.Length)];

    private string Name() => Words[random.Next(1, Words.Length)];
}
