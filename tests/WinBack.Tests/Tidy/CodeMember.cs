namespace WinBack.Tests.Tidy;

/// <summary>A method, constructor or property with a body.</summary>
/// <param name="Lines">From the first line after its comments to the last.</param>
internal sealed record CodeMember(string Name, int Lines);
