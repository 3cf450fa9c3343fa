using WinBack.Core.Events;
using WinBack.Core.State;

namespace WinBack.Core.Decisions;

/// <summary>What one event says about the response to a touch.</summary>
/// <param name="Request">Request id of the decision; null for the latest touch of the customer.</param>
/// <param name="Time">UTC; of the event, or of the return that it brought to light.</param>
public readonly record struct ResponseNews(ResponseNewsKind Kind, Guid? Request, DateTimeOffset Time)
{
    /// <summary>
    /// True when the customer came back after the latest touch. When an event makes this true, whether the return itself or
    /// the news of a touch that lies before a return known already, it says that the touch was answered.
    /// </summary>
    public static bool IsBack(CustomerState state) =>
        state.Instants[Instant.LastSent] is { } sent && state.Instants[Instant.LastReengaged] > sent;

    /// <summary>Adds what a folded event says.</summary>
    /// <param name="state">After the fold.</param>
    /// <param name="wasBack"><see cref="IsBack"/> before it.</param>
    public static void Add(CustomerEvent e, CustomerState state, bool wasBack, ICollection<ResponseNews> news)
    {
        if (state.IsErased) news.Add(new ResponseNews(ResponseNewsKind.Erased, null, e.EventTime));
        if (e.Payload is OutcomePayload outcome && KindOf(outcome.Kind) is { } kind && DecisionId.TryParse(outcome.DecisionId, out DecisionId id))
            news.Add(new ResponseNews(kind, id.Request, e.EventTime));
        if (!wasBack && IsBack(state))
            news.Add(new ResponseNews(
                ResponseNewsKind.Returned, null, DateTimeOffset.FromUnixTimeMilliseconds(state.Instants[Instant.LastReengaged]!.Value)));
    }

    private static ResponseNewsKind? KindOf(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Sent => ResponseNewsKind.Sent,
        OutcomeKind.Converted => ResponseNewsKind.Returned,
        OutcomeKind.Unsubscribed => ResponseNewsKind.Unsubscribed,
        _ => null,
    };
}
