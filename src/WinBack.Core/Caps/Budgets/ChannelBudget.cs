using WinBack.Core.Events;
using WinBack.Core.State;

namespace WinBack.Core.Caps.Budgets;

/// <summary>Whether a channel may be used for a customer, apart from the caps.</summary>
/// <param name="IsPermitted">Consent is granted, or unknown where the playbook lets that pass (rules C1).</param>
/// <param name="IsOpen">The send window is open, or there is none (rules C4).</param>
/// <param name="Window">When it is open; "" for always.</param>
/// <param name="NextOpenTime">The first instant (UTC) at which it is open; null for never.</param>
public sealed record ChannelBudget(
    Channel Channel, Consent Consent, bool IsPermitted, AddressStatus Address, bool IsOpen, string Window, DateTimeOffset? NextOpenTime);
