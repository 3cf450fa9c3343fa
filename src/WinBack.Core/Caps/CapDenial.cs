namespace WinBack.Core.Caps;

/// <summary>One cap that turned one candidate down.</summary>
/// <param name="Candidate">Index in the ranking.</param>
/// <param name="Cap">Index among the candidate's caps.</param>
/// <param name="Count">Touches in the window, reserved ones included.</param>
/// <param name="AllowedTime">The first instant (UTC) at which the cap has a free place, if nothing else happens.</param>
public readonly record struct CapDenial(int Candidate, int Cap, int Count, DateTimeOffset AllowedTime);
