namespace Grpc.Core;

/// <summary>A further check of the peer after the TLS handshake; false drops the connection.</summary>
public delegate bool VerifyPeerCallback(VerifyPeerContext context);
