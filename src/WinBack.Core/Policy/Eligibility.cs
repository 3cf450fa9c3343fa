using WinBack.Core.Events;
using WinBack.Core.Policy.Sequences;
using WinBack.Core.Policy.Updates;
using WinBack.Core.State;

namespace WinBack.Core.Policy;

/// <summary>
/// The rules that decide whether an action may be sent at all, in the order of <see cref="EligibilityStage"/>. What an
/// eligible action is worth is asked afterwards (<see cref="Arbitration"/>), and the caps last.
/// </summary>
internal static class Eligibility
{
    internal static void Judge(ActionModel action, PolicyContext c, ActionReview review)
    {
        Customer(action, c, review);
        StepRules.Judge(action, c, review);
        OfferRules.Judge(action, c, review);
        ChannelAsked(action, c, review);
        WindowRules.Judge(action, c, review);
    }

    /// <summary>All but the turn of a step and what this one caller can do: whether the action can be sent to the customer at all.</summary>
    internal static void JudgeApart(ActionModel action, PolicyContext c, ActionReview review)
    {
        Customer(action, c, review);
        OfferRules.Judge(action, c, review);
        WindowRules.Judge(action, c, review);
    }

    private static void Customer(ActionModel action, PolicyContext c, ActionReview review)
    {
        Permission(action, c, review);
        Reachability(action, c, review);
        if (action.RequiresLapse)
        {
            LapseRules(action, c, review);
            Reengaged(c, review);
            Reason(action, c, review);
        }

        AudienceRules.Judge(action, c, review);
        c.Draw.Judge(action, review);
        SequenceRules.Judge(action, c, review);
    }

    private static void Permission(ActionModel action, PolicyContext c, ActionReview review)
    {
        if (action.IsTransactional) return;
        switch (c.State.Facts.ConsentOf(action.Channel))
        {
            case Consent.Withdrawn:
                review.Reject(EligibilityStage.Permission, "C1", "consent withdrawn", "not withdrawn");
                break;
            case Consent.Unknown when !c.Playbook.AllowsUnknownConsent(action.Channel):
                string rule = action.Channel == Channel.Sms ? "A12" : "C1";
                review.Reject(EligibilityStage.Permission, rule, "consent unknown", "consent granted");
                break;
        }
    }

    private static void Reachability(ActionModel action, PolicyContext c, ActionReview review)
    {
        if (c.State.Facts.AddressOf(action.Channel) == AddressStatus.Bounced)
            review.Reject(EligibilityStage.Reachability, "C7", "address bounced", "address reachable");
    }

    private static void LapseRules(ActionModel action, PolicyContext c, ActionReview review)
    {
        Lapse lapse = c.Lapse;
        if (lapse.QuietSince is not { } quiet)
        {
            review.Reject(EligibilityStage.Lapse, "L4", "no activity known", $"silent for {Words.Days(lapse.Threshold)}");
            return;
        }

        if (!lapse.IsLapsed)
            review.Reject(
                EligibilityStage.Lapse, "L4", $"silent for {Words.Days(c.AsOf - quiet)}", $"at least {Words.Days(lapse.Threshold)}",
                lapse.Since);
        TooLongAgo(action, c, review, quiet);
        UpdateRules.Judge(action, c, review);
    }

    /// <summary>Long-gone customers may see an advertisement, nothing addressed to them.</summary>
    private static void TooLongAgo(ActionModel action, PolicyContext c, ActionReview review, DateTimeOffset quiet)
    {
        if (action.Channel == Channel.Advertisement) return;
        DateTimeOffset end = quiet + c.Playbook.MaxSilence;
        review.ClosesAt(end);
        if (c.AsOf >= end)
            review.Reject(
                EligibilityStage.Lapse, "L4", $"silent for {Words.Days(c.AsOf - quiet)}",
                $"less than {Words.Days(c.Playbook.MaxSilence)}");
    }

    /// <summary>A return after a touch ends the sequence; a new one waits for the time of rest (rules S3, S4).</summary>
    private static void Reengaged(PolicyContext c, ActionReview review)
    {
        if (c.Touches.SentTimes.Count == 0 || c.TimeOf(Instant.LastReengaged) is not { } back) return;
        if (back <= c.Touches.SentTimes[0]) return;
        DateTimeOffset rested = back + c.Playbook.Sequence.Rest;
        if (c.AsOf < rested)
            review.Reject(
                EligibilityStage.Reengaged, "S3", $"came back {Words.Days(c.AsOf - back)} ago, after a touch",
                $"{Words.Days(c.Playbook.Sequence.Rest)} of rest", rested);
    }

    private static void Reason(ActionModel action, PolicyContext c, ActionReview review)
    {
        LapseReason reason = c.History.CohortFor(action).Reason;
        if (action.Reasons.Allows(reason)) return;
        string evidence = reason == c.Reason.Reason ? c.Reason.Summary : "when the sequence started";
        review.Reject(EligibilityStage.Reason, action.ReasonRule, $"{Names.Of(reason)}: {evidence}", action.Reasons.Text);
    }

    private static void ChannelAsked(ActionModel action, PolicyContext c, ActionReview review)
    {
        if (c.Channels.Count > 0 && !c.Channels.Contains(action.Channel))
            review.Reject(EligibilityStage.Channel, "request", "channel not asked for", "a channel of the request");
    }
}
