namespace WinBack.Testing.Checker;

/// <summary>What was promised of an offer.</summary>
/// <param name="Days">How long it can be used.</param>
/// <param name="IsDated">The message names the date: the end of a day of the customer's calendar (rule S5).</param>
/// <param name="CodeEnd">The first instant at which its code is refused (rule S7); null for none.</param>
public sealed record OfferFacts(int Days, bool IsDated, DateTimeOffset? CodeEnd = null);
