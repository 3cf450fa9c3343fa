using WinBack.Core.Events;

namespace WinBack.Core.Experiments;

/// <summary>What a customer of the holdout would have got, at the gate at which others get it (rules E2).</summary>
/// <param name="Offer">Name of the offer; "" when there is none.</param>
/// <param name="ExpectedValueMicros">In micros of the playbook's currency.</param>
public sealed record Ghost(string Action, Channel Channel, string Offer, string Content, long ExpectedValueMicros);
