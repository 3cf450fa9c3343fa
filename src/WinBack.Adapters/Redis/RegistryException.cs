namespace WinBack.Adapters.Redis;

/// <summary>The registry holds what it should not: a package of other content, or a catalogue that cannot be read.</summary>
public sealed class RegistryException(string message, Exception? innerException = null) : Exception(message, innerException);
