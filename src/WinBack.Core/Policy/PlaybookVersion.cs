namespace WinBack.Core.Policy;

/// <summary>A playbook in the registry. Nothing of it ever changes.</summary>
/// <param name="Version">Name and content hash, as decisions record it: <see cref="PlaybookModel.Version"/> when it was pushed.</param>
/// <param name="Sha256">Of the text; its address in the registry.</param>
/// <param name="SizeBytes">Of the text.</param>
public sealed record PlaybookVersion(string Version, string Sha256, long SizeBytes, DateTimeOffset PushTime, string PushedBy, string Reason);
