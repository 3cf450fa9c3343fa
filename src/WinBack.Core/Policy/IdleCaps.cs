using WinBack.Core.Events;

namespace WinBack.Core.Policy;

/// <summary>
/// Finds caps that can never turn a touch down, because they concern no action that caps hold back, or because another
/// cap never lets it come so far. Whoever wrote one believes in a limit that is none (rules C2).
/// </summary>
/// <remarks>
/// How much one cap lets happen within what another one counts is <see cref="CapSpans"/>' business. Only caps that count the same
/// touches whatever actions there are count as covering: an action that is added tomorrow must not need a cap back that had to
/// go today.
/// </remarks>
internal sealed class IdleCaps(PlaybookConfig playbook, FieldChecks check)
{
    private const string Marketing = "marketing";

    internal void Check()
    {
        if (playbook.Actions.Count == 0) return;
        CapConfig[] caps = [Sequence(), .. playbook.Caps];
        for (int i = 1; i < caps.Length; i++)
        {
            CapConfig cap = caps[i];
            if (!IsWellFormed(cap)) continue;
            string path = $"caps[{i - 1}]";
            if (!playbook.Actions.Exists(a => Concerns(cap, a)))
                check.Add(path, "can never bind: it concerns no action that caps hold back", "leave it out, or correct scope and of", "C2");
            else if (StricterThan(caps, i) is { } other)
                check.Add(
                    path, $"can never bind: {other.Name} allows at most {Most(other, cap)} touches in {CapSpans.Text(cap)}",
                    "lower the limit, widen the window, or leave it out", "C2");
        }
    }

    private CapConfig Sequence() => new()
    {
        Name = PlaybookBuilder.SequenceCapName, Scope = "category", Of = Marketing, Limit = playbook.Sequence.MaxTouches,
        Window = TimeSpan.FromDays(Math.Clamp(playbook.Sequence.Days, 0, 400)),
    };

    /// <summary>Null when nothing makes the cap idle. Of two equal ones the later is idle.</summary>
    private CapConfig? StricterThan(CapConfig[] caps, int at)
    {
        // Transactional touches are never held back, so no other cap limits what this one counts.
        if (caps[at].CountsTransactional && playbook.Actions.Exists(a => a.Category == "transactional")) return null;
        for (int i = 0; i < caps.Length; i++)
        {
            if (i == at || !IsWellFormed(caps[i]) || !Covers(caps[i], caps[at])) continue;
            bool isMutual = Covers(caps[at], caps[i]) && Most(caps[at], caps[i]) <= CapSpans.LimitOf(caps[i]);
            if (Most(caps[i], caps[at]) <= CapSpans.LimitOf(caps[at]) && (i < at || !isMutual)) return caps[i];
        }

        return null;
    }

    private long? Most(CapConfig outer, CapConfig inner) =>
        CapSpans.Most(outer, inner, TimeSpan.FromDays(Math.Clamp(playbook.Sequence.Days, 1, 400)));

    /// <summary>
    /// Whether all that the inner cap counts together is counted together by the outer one. What was sent was reserved, and what
    /// arrived was sent; impressions of one touch may be many.
    /// </summary>
    private static bool Covers(CapConfig outer, CapConfig inner) => CountsAsMuch(outer, inner) && outer.Scope switch
    {
        "overall" => true,
        "category" => outer.Of is "" or Marketing,
        _ => outer.Scope == inner.Scope && (outer.Of.Length == 0 || outer.Of == inner.Of),
    };

    private static bool CountsAsMuch(CapConfig outer, CapConfig inner) =>
        Names.TryParse(outer.Counts, out CapUnit more) && Names.TryParse(inner.Counts, out CapUnit less)
        && more <= less && less != CapUnit.Impression;

    private static bool Concerns(CapConfig cap, ActionConfig action)
    {
        if (action.Category != Marketing) return false;
        return cap.Of.Length == 0 || cap.Of == cap.Scope switch
        {
            "channel" => action.Channel,
            "category" => action.Category,
            _ => action.Name,
        };
    }

    /// <summary>What is not is told field by field.</summary>
    private bool IsWellFormed(CapConfig cap)
    {
        if (!CapSpans.IsWellFormed(cap)) return false;
        bool isAll = cap.Of.Length == 0;
        return cap.Scope switch
        {
            "overall" => isAll,
            "channel" => isAll || Names.TryParse<Channel>(cap.Of, out _),
            "category" => isAll || Names.TryParse<ActionCategory>(cap.Of, out _),
            "action" => isAll || playbook.Actions.Exists(a => a.Name == cap.Of),
            _ => false,
        };
    }
}
