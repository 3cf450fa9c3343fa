namespace Grpc.Core;

/// <summary>Wishes about how one message is written.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>May wait in a buffer for the next message.</summary>
    BufferHint = 1,

    /// <summary>Not compressed, even in a compressed stream.</summary>
    NoCompress = 2,
}
