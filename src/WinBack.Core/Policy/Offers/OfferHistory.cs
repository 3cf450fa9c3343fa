using WinBack.Core.Policy.Sequences;

namespace WinBack.Core.Policy.Offers;

/// <summary>The offers of one customer at the instant of a decision: what was issued, and when what is issued now would end.</summary>
internal sealed class OfferHistory
{
    private readonly PolicyContext _context;
    private readonly List<IssuedOffer> _issued;

    internal OfferHistory(PolicyContext context)
    {
        _context = context;
        _issued = IssuedOffer.AllOf(context.Touches);
    }

    /// <summary>The latest end of what can still be used; null when nothing can.</summary>
    internal IssuedOffer? Live
    {
        get
        {
            IssuedOffer? live = null;
            foreach (IssuedOffer offer in _issued)
                if (offer.EndTime > _context.AsOf && !(offer.EndTime <= live?.EndTime)) live = offer;
            return live;
        }
    }

    /// <summary>The latest time it was issued; null when it never was.</summary>
    internal IssuedOffer? Find(string name)
    {
        IssuedOffer? found = null;
        foreach (IssuedOffer offer in _issued)
            if (offer.Name == name && !(offer.SentTime <= found?.SentTime)) found = offer;
        return found;
    }

    /// <summary>When an offer ends that is issued now: a dated one with a day of the customer's calendar (rules S5).</summary>
    internal DateTimeOffset EndOf(OfferModel offer)
    {
        DateTimeOffset end = _context.AsOf + offer.Lasts;
        return offer.IsDated ? CapTime.ToTime(DayOf(end).End) : end;
    }

    /// <summary>The day of the customer's calendar that an instant lies in, with its neighbours.</summary>
    internal PeriodBounds DayOf(DateTimeOffset time) => LocalCalendar.Around(CapPeriod.Day, _context.CalendarZone, time);

    /// <summary>The date that a message of this action names; null when it names none.</summary>
    internal DateTimeOffset? DateOf(ActionModel action) => action.Offer switch
    {
        { IsReminder: true } offer => Find(offer.Name)?.EndTime,
        { IsDated: true } offer => EndOf(offer),
        _ => null,
    };

    /// <summary>The lists that a message with the offer enters beside its caps.</summary>
    internal CapUse[] GuardsOf(OfferModel? offer)
    {
        if (offer is null) return [];
        if (offer.IsReminder) return [Once(GuardKeys.Reminder(offer.Name))];
        var end = new CapUse(GuardKeys.OfferEnd(offer.Name, EndOf(offer)), 1, GuardKeys.Race, IsEnforced: true);
        var incentive = new CapUse(GuardKeys.Incentive, 1, _context.Playbook.ShortestOffer, IsEnforced: true);
        return offer.IsDated ? [incentive, Once(GuardKeys.Offer(offer.Name)), end] : [incentive, end];
    }

    private static CapUse Once(string key) => new(key, 1, FrequencyCap.LongestWindow, IsEnforced: true);
}
