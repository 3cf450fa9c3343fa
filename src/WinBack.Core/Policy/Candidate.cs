using WinBack.Core.Events;
using WinBack.Core.Policy.Capacities;
using WinBack.Core.Policy.Valuation;

namespace WinBack.Core.Policy;

/// <summary>An eligible action with the value it is ranked by.</summary>
/// <param name="Offer">Name of the offer; "" when there is none.</param>
/// <param name="Content">Template or content key for the sending system.</param>
/// <param name="ExpectedValueMicros">Expected net value, in micros of the playbook's currency.</param>
/// <param name="Why">In words, how the value came about.</param>
/// <param name="CloseTime">The first instant (UTC) at which a rule turns the action down by time alone; null for never.</param>
/// <param name="Caps">The caps that concern the action.</param>
/// <param name="Window">The send window that the action keeps to; null when its channel is always open.</param>
public sealed record Candidate(
    string Action,
    Channel Channel,
    bool IsTransactional,
    string Offer,
    string Content,
    long ExpectedValueMicros,
    string Why,
    DateTimeOffset? CloseTime,
    IReadOnlyList<CapUse> Caps,
    SendWindow? Window = null)
{
    /// <summary>What it takes of scarce capacities (rules C6).</summary>
    public IReadOnlyList<CapacityUse> Capacities { get; init; } = [];

    /// <summary>How the value came about, term by term.</summary>
    public ValueTerms Terms { get; init; }

    /// <summary>Weight with which chance chooses it, in millionths; 0 when chance has no part in it.</summary>
    public int DrawWeight { get; init; }

    /// <summary>The sequence that it is a touch of; "" for none.</summary>
    public string Sequence { get; init; } = "";

    /// <summary>The step of the sequence; "" for none.</summary>
    public string Step { get; init; } = "";

    /// <summary>When the offer ends (UTC): the date that the message names (rules S5). Null for an offer without a date.</summary>
    public DateTimeOffset? OfferEnd { get; init; }
}
