using WinBack.Core.Events;

namespace WinBack.Service.Deciding;

/// <summary>One thing that is otherwise than it was. Only what the kind is about is set.</summary>
/// <param name="Cap">Cap name and scope value.</param>
/// <param name="Limit">Touches.</param>
/// <param name="Time">UTC.</param>
internal sealed record CaseChange(
    CaseChangeKind Kind, Channel Channel = Channel.None, string Cap = "", int Limit = 0, DateTimeOffset? Time = null);
