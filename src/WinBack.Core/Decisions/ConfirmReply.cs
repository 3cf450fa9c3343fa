namespace WinBack.Core.Decisions;

/// <param name="Decision">As it now is; null exactly with <see cref="ConfirmOutcome.NotFound"/>.</param>
public sealed record ConfirmReply(ConfirmOutcome Outcome, Decision? Decision);
