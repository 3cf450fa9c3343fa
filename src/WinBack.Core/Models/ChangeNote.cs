namespace WinBack.Core.Models;

/// <summary>Who changes the registry, when (UTC) and why.</summary>
public sealed record ChangeNote(string By, DateTimeOffset Time, string Reason);
