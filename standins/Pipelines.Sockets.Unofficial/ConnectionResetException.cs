namespace Pipelines.Sockets.Unofficial;

/// <summary>
/// The connection ended while something was to be sent or received. The client treats this type of a failed flush, and
/// no other, as a closed socket.
/// </summary>
public class ConnectionResetException : IOException
{
    public ConnectionResetException(string message)
        : base(message)
    {
    }

    public ConnectionResetException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
