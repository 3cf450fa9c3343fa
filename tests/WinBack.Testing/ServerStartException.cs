namespace WinBack.Testing;

/// <summary>A server that a test needs did not start; the message says why and what to do.</summary>
public sealed class ServerStartException(string message, Exception? innerException = null)
    : Exception(message, innerException);
