namespace Grpc.Core;

/// <summary>The peer that a <see cref="VerifyPeerCallback"/> checks.</summary>
public class VerifyPeerContext(string targetName, string peerPem)
{
    public string TargetName { get; } = targetName;

    /// <summary>The peer's certificate, PEM.</summary>
    public string PeerPem { get; } = peerPem;
}
