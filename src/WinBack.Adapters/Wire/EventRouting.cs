using WinBack.Core.Events;

namespace WinBack.Adapters.Wire;

/// <summary>Which stream an event travels on, by its payload, as protos/winback/v1/events.proto says.</summary>
public static class EventRouting
{
    /// <param name="e">A payload that this binary does not know goes with engagement, where new kinds belong.</param>
    public static EventStream StreamOf(V1.CustomerEvent e) => e.PayloadCase switch
    {
        V1.CustomerEvent.PayloadOneofCase.Usage => EventStream.Usage,
        V1.CustomerEvent.PayloadOneofCase.Login => EventStream.Login,
        V1.CustomerEvent.PayloadOneofCase.Billing => EventStream.Billing,
        V1.CustomerEvent.PayloadOneofCase.Outcome => EventStream.Outcome,
        _ => EventStream.Engagement,
    };
}
