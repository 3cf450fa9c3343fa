using WinBack.Core.Events;

namespace WinBack.Cli.Reasons;

/// <summary>A text with the reason it stands for.</summary>
internal sealed record Phrase(LapseReason Reason, string Text);
