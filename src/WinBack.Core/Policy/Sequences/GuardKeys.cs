using System.Globalization;

namespace WinBack.Core.Policy.Sequences;

/// <summary>
/// Lists of the ledger that are no caps of the playbook: the touches of sequences and of offers. They are taken, given
/// back and settled by the same scripts as caps, in the same call, so that a sequence can get no further than its touches.
/// No cap has such a key: names begin with a letter.
/// <list type="table">
/// <item><term>@s</term><description>starts of sequences (rules S4)</description></item>
/// <item><term>@q/sequence/step/cohort</term><description>touches of a step (rules S1, L5)</description></item>
/// <item><term>@o</term><description>incentives given (rules S6)</description></item>
/// <item><term>@o/offer</term><description>messages that issued a dated offer (rules S5)</description></item>
/// <item><term>@o/offer/end</term><description>an offer that ends then, in milliseconds since 1970 (rules S5, S6)</description></item>
/// <item><term>@r/offer</term><description>messages on the day before a dated offer ends (rules S5)</description></item>
/// </list>
/// </summary>
public static class GuardKeys
{
    /// <summary>Starts of sequences.</summary>
    public const string Start = "@s";

    /// <summary>Incentives.</summary>
    public const string Incentive = "@o";

    internal const string StepPrefix = "@q/";
    internal const string OfferPrefix = Incentive + "/";

    /// <summary>
    /// How long two decisions made of the same state may be apart and still meet: what was sent before is in the state of
    /// whoever decides later.
    /// </summary>
    internal static readonly TimeSpan Race = TimeSpan.FromHours(1);

    /// <summary>A start that is only reserved is in nobody's state, and may still be sent until its reservation ends.</summary>
    internal static TimeSpan RaceOf(PlaybookModel playbook) => Race + playbook.Reservation;

    /// <summary>The touches of one step by customers of one cohort.</summary>
    public static string Step(string sequence, string step, Cohort cohort) => $"{StepPrefix}{sequence}/{step}/{cohort}";

    /// <summary>Messages that issued a dated offer.</summary>
    public static string Offer(string offer) => OfferPrefix + offer;

    /// <summary>An offer that ends then.</summary>
    public static string OfferEnd(string offer, DateTimeOffset end) =>
        string.Create(CultureInfo.InvariantCulture, $"{OfferPrefix}{offer}/{end.ToUnixTimeMilliseconds()}");

    /// <summary>Messages on the day before an offer ends.</summary>
    public static string Reminder(string offer) => "@r/" + offer;

    /// <summary>Whether a list is no cap of the playbook.</summary>
    public static bool IsGuard(string key) => key[0] == '@';

    /// <summary>The rule that a list stands for.</summary>
    public static string RuleOf(string key) => key switch
    {
        Start => "S4",
        Incentive => "S6",
        _ when key.StartsWith(StepPrefix, StringComparison.Ordinal) => "S1",
        _ => "S5",
    };
}
