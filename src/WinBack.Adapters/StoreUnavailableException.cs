namespace WinBack.Adapters;

/// <summary>The store did not answer in time or is away. Nothing may be sent on the strength of it; the call may be repeated.</summary>
public sealed class StoreUnavailableException(string message, Exception? innerException = null)
    : Exception(message, innerException);
