namespace WinBack.Core.Caps.Budgets;

/// <summary>An operator took what counted under caps of a customer off. Written once, and kept as long as caps are.</summary>
/// <param name="Request">Makes it happen once.</param>
/// <param name="Time">By the clock of the caps (UTC).</param>
/// <param name="Freed">Places by cap key, also those out of the window; only reserved ones stay.</param>
public sealed record BudgetReset(
    Guid Request, string By, string Reason, DateTimeOffset Time, IReadOnlyList<KeyValuePair<string, int>> Freed);
