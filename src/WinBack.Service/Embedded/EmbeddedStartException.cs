namespace WinBack.Service.Embedded;

/// <summary>A server of the embedded role did not start; the message says what to do.</summary>
internal sealed class EmbeddedStartException(string message) : Exception(message);
