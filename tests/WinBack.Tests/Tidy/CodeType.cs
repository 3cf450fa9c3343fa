namespace WinBack.Tests.Tidy;

/// <param name="IsOutermost">Not inside another type.</param>
/// <param name="IsFileLocal">Has the modifier "file".</param>
internal sealed record CodeType(string Name, bool IsOutermost, bool IsPublic, bool IsFileLocal);
