using WinBack.Core.Policy;
using WinBack.Core.State;

namespace WinBack.Core.Decisions;

/// <summary>
/// What may have happened between a decision and its confirmation that voids it (rules C1, S3, C4, C7). It is asked of the
/// state at the moment of confirming, and the store confirms only if that state is still the same.
/// </summary>
public static class Fence
{
    /// <param name="decision">An action.</param>
    /// <param name="state">Null when nothing is known of the customer any more: permission cannot be checked, so it fails closed.</param>
    /// <param name="clock">Of the caps (UTC).</param>
    /// <returns><see cref="ConfirmOutcome.Confirmed"/> when nothing stands against it.</returns>
    public static ConfirmOutcome Check(Decision decision, CustomerState? state, DateTimeOffset clock)
    {
        Candidate chosen = decision.Chosen ?? throw new ArgumentException("no action to confirm", nameof(decision));
        if (state is null || state.IsErased) return ConfirmOutcome.CustomerErased;
        if (state.Facts.AddressOf(chosen.Channel) == AddressStatus.Bounced) return ConfirmOutcome.AddressBounced;
        if (chosen.IsTransactional) return ConfirmOutcome.Confirmed;
        if (state.Facts.ConsentOf(chosen.Channel) == Consent.Withdrawn) return ConfirmOutcome.ConsentWithdrawn;
        if (CameBack(decision.Plan, state)) return ConfirmOutcome.Reengaged;
        return WindowOf(chosen, state)?.IsOpenAt(clock) == false ? ConfirmOutcome.WindowClosed : ConfirmOutcome.Confirmed;
    }

    /// <summary>The first instant (UTC) at which the answer may be another by time alone; null when it stays.</summary>
    /// <param name="decision">One that passed <see cref="Check"/> at <paramref name="clock"/>.</param>
    public static DateTimeOffset? HoldsUntil(Decision decision, CustomerState? state, DateTimeOffset clock) =>
        state is null ? null : WindowOf(decision.Chosen!, state)?.OpenUntil(clock);

    /// <summary>In the zone where the customer is now. Null when the channel is always open, or the playbook lets late ones pass.</summary>
    private static SendWindow? WindowOf(Candidate chosen, CustomerState state) => chosen is { IsTransactional: false, Window.BindsConfirm: true }
        ? chosen.Window.In(state.Facts.Text(Fact.TimeZone))
        : null;

    /// <summary>
    /// Against the return the decision knew of, not against its time: a purchase made before the decision but folded
    /// after it was not taken into account either.
    /// </summary>
    private static bool CameBack(DecisionPlan plan, CustomerState state) =>
        state.Instants[Instant.LastReengaged] is { } backMs
        && DateTimeOffset.FromUnixTimeMilliseconds(backMs) is var back
        && !(back <= plan.LastReengaged);
}
