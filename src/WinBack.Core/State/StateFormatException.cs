namespace WinBack.Core.State;

/// <summary>A state blob that this binary cannot read: damaged, or written by a newer version.</summary>
public sealed class StateFormatException(string message) : Exception(message);
