using WinBack.Core.Policy.Valuation;

namespace WinBack.Core.Policy;

/// <summary>An action as given: one message on one channel, for whom, and what it costs and brings.</summary>
public sealed class ActionConfig
{
    /// <summary>Lower case letters, digits and underscores; unique.</summary>
    public string Name { get; set; } = "";

    /// <summary>email, sms, push, call, direct_message, print, advertisement or in_app.</summary>
    public string Channel { get; set; } = "";

    /// <summary>marketing or transactional. Default marketing.</summary>
    public string Category { get; set; } = "marketing";

    /// <summary>Template or content key, passed on to the sending system.</summary>
    public string Content { get; set; } = "";

    /// <summary>False for actions that do not wait for a lapse. Default true.</summary>
    public bool RequiresLapse { get; set; } = true;

    /// <summary>A touch leaves its place to one of higher priority; see priority. 0 to 100; null for its category's.</summary>
    public int? Priority { get; set; }

    /// <summary>Lapse reasons the action answers to (rules A1 to A5); empty for all.</summary>
    public List<string> Reasons { get; set; } = [];

    /// <summary>
    /// True for a message about a product update: it goes to those whom a published update concerns, until the update's return
    /// window is over, and needs a cap of one a quarter (rules A6). Default false.
    /// </summary>
    public bool ProductUpdate { get; set; }

    /// <summary>Segments the action is for (rules L2); empty for all.</summary>
    public List<string> Segments { get; set; } = [];

    /// <summary>Value tiers the action is for (rules L3): low, mid, high; empty for all.</summary>
    public List<string> Tiers { get; set; } = [];

    /// <summary>All must hold.</summary>
    public List<ConditionConfig> Conditions { get; set; } = [];

    /// <summary>Days since the lapse from which the action is sent. 0 to 3,650; default 0.</summary>
    public int MinLapseDays { get; set; }

    /// <summary>Days since the lapse from which it is sent no more; null for no end.</summary>
    public int? MaxLapseDays { get; set; }

    /// <summary>Days since the first touch of the sequence (rules S1). 0 to 60; default 0, which needs no earlier touch.</summary>
    public int MinSequenceDays { get; set; }

    /// <summary>Null for an action without an offer.</summary>
    public OfferConfig? Offer { get; set; }

    /// <summary>Cost of one touch, in units of the currency.</summary>
    public decimal ContactCost { get; set; }

    /// <summary>
    /// By how much the touch multiplies the odds of a return: a prior until outcomes teach better. 1 changes nothing.
    /// Odds rather than points, so that customers who come anyway and customers who never will gain little (rules V3).
    /// 0.1 to 20; default 1.
    /// </summary>
    public double ResponseOddsRatio { get; set; } = 1;

    /// <summary>
    /// How much the prior weighs against outcomes: as if it had been seen in so many expected returns. What a touch adds is a
    /// small part of them, so it takes hundreds to see it. 1 to 100,000; default 200.
    /// </summary>
    public double PriorStrength { get; set; } = 200;

    /// <summary>Probability that the touch costs the permission: a prior as well. 0 to 1; default 0.</summary>
    public double UnsubscribeProbability { get; set; }

    /// <summary>Business weight of the action in the ranking. 0.01 to 100; default 1.</summary>
    public double Lever { get; set; } = 1;

    /// <summary>Situations in which the action weighs more or less in the ranking.</summary>
    public List<ContextWeightConfig> ContextWeights { get; set; } = [];

    /// <summary>A copy with another offer; all else is shared.</summary>
    internal ActionConfig With(OfferConfig offer)
    {
        var copy = (ActionConfig)MemberwiseClone();
        copy.Offer = offer;
        return copy;
    }
}
