using WinBack.Core.Events;

namespace WinBack.Testing.Checker;

/// <summary>What the log says of one customer, up to where it was read: event times decide, and withdrawals win ties.</summary>
internal sealed class LogCustomer
{
    private readonly Dictionary<Channel, (DateTimeOffset Time, bool IsWithdrawn)> _consent = [];
    private readonly Dictionary<Channel, (DateTimeOffset Time, bool IsBounced)> _address = [];
    private (DateTimeOffset Time, string Zone)? _zone;

    private (DateTimeOffset Time, ValueTier Tier)? _tier;

    internal List<LogTouch> Touches { get; } = [];

    internal bool IsErased { get; private set; }

    /// <summary>The latest return: a purchase, a login or a reactivation.</summary>
    internal DateTimeOffset? LastReturn { get; private set; }

    internal DateTimeOffset? LastCancelled { get; private set; }

    /// <summary>Low while nobody said anything else: what customers of these programmes buy is not worth more.</summary>
    internal ValueTier Tier => _tier?.Tier ?? ValueTier.Low;

    /// <summary>Null while it is not known.</summary>
    internal TimeZoneInfo? Zone => _zone is { } known && TimeZoneInfo.TryFindSystemTimeZoneById(known.Zone, out TimeZoneInfo? zone) ? zone : null;

    internal bool HasWithdrawn(Channel channel) => _consent.GetValueOrDefault(channel).IsWithdrawn;

    internal bool HasBounced(Channel channel) => _address.GetValueOrDefault(channel).IsBounced;

    internal void Take(CustomerEvent e)
    {
        switch (e.Payload)
        {
            case LifecyclePayload { Kind: LifecycleKind.Erased }: IsErased = true; break;
            case LifecyclePayload { Kind: LifecycleKind.Cancelled }:
                if (!(LastCancelled > e.EventTime)) LastCancelled = e.EventTime;
                break;
            case LifecyclePayload { Kind: LifecycleKind.Reactivated } or LoginPayload or BillingPayload { Kind: BillingKind.Purchase }:
                if (!(LastReturn > e.EventTime)) LastReturn = e.EventTime;
                break;
            case ConsentPayload { Kind: ConsentKind.AddressBounced or ConsentKind.AddressReachable } address:
                Latest(_address, address.Channel, e.EventTime, address.Kind == ConsentKind.AddressBounced);
                break;
            case ConsentPayload consent: Latest(_consent, consent.Channel, e.EventTime, consent.Kind != ConsentKind.Granted); break;
            case ProfilePayload { ValueTier: not ValueTier.None } profile when !(_tier?.Time > e.EventTime):
                _tier = (e.EventTime, profile.ValueTier);
                break;
            case ProfilePayload { TimeZone.Length: > 0 } profile when !(_zone?.Time > e.EventTime): _zone = (e.EventTime, profile.TimeZone); break;
            case OutcomePayload outcome: Take(outcome, e); break;
        }
    }

    private void Take(OutcomePayload outcome, CustomerEvent e)
    {
        if (outcome.Kind == OutcomeKind.Unsubscribed && outcome.Channel != Channel.None)
            Latest(_consent, outcome.Channel, e.EventTime, isSet: true);
        if (Touches.Find(t => t.Decision.DecisionId == outcome.DecisionId) is not { } touch) return;
        switch (outcome.Kind)
        {
            case OutcomeKind.Failed: touch.HasFailed = true; break;
            case OutcomeKind.Sent: touch.WasSent = true; break;
            case OutcomeKind.Delivered or OutcomeKind.Opened or OutcomeKind.Clicked or OutcomeKind.Replied: touch.HasArrived = true; break;
            case OutcomeKind.Impression: touch.Impressions[e.Id.Value] = e.EventTime; break;
        }
    }

    private static void Latest(Dictionary<Channel, (DateTimeOffset Time, bool IsSet)> all, Channel channel, DateTimeOffset time, bool isSet)
    {
        if (all.TryGetValue(channel, out var known) && (known.Time > time || (known.Time == time && known.IsSet))) return;
        all[channel] = (time, isSet);
    }
}
