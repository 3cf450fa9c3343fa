namespace WinBack.Service.Deciding;

/// <summary>More is asked of this process than it can answer in time. Nothing was decided; the same call may be made again later.</summary>
internal sealed class OverloadedException(string message) : Exception(message);
