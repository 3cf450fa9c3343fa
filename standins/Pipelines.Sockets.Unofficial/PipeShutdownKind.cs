namespace Pipelines.Sockets.Unofficial;

/// <summary>Why a connection ended: the first cause that was seen. The client shows it in its error messages.</summary>
public enum PipeShutdownKind
{
    /// <summary>It has not ended.</summary>
    None = 0,

    /// <summary>The client gave it up or disposed it.</summary>
    PipeDisposed = 1,

    /// <summary>The server closed it: a receive found the end of the stream.</summary>
    ReadEndOfStream = 100,

    /// <summary>A receive failed.</summary>
    ReadSocketError = 104,

    /// <summary>A send failed.</summary>
    WriteSocketError = 204,

    /// <summary>The client sent QUIT.</summary>
    ProtocolExitClient = 400,
}
