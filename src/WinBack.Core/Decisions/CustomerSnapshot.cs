using System.Security.Cryptography;
using WinBack.Core.Caps;
using WinBack.Core.State;

namespace WinBack.Core.Decisions;

/// <summary>What a store knew of a customer at one moment.</summary>
/// <param name="State">Null when the customer is unknown. The caller's own copy.</param>
/// <param name="StateHash">First 8 bytes of SHA-256 of the state blob, hex; "" when the customer is unknown.</param>
/// <param name="Caps">The touches so far. The caller's own copy.</param>
public sealed record CustomerSnapshot(CustomerState? State, string StateHash, CapLedger Caps)
{
    /// <summary>What it was read from.</summary>
    public SnapshotSource Source { get; init; } = new(null, []);

    /// <param name="blob">Null when the customer is unknown.</param>
    /// <exception cref="StateFormatException">The blob is damaged, or of a newer version.</exception>
    public static CustomerSnapshot Of(byte[]? blob, CapLedger caps) => Of(new SnapshotSource(blob, []), caps);

    /// <param name="caps">Read from the caps of <paramref name="source"/>.</param>
    /// <exception cref="StateFormatException">The blob is damaged, or of a newer version.</exception>
    public static CustomerSnapshot Of(SnapshotSource source, CapLedger caps)
    {
        Suppression suppression = Suppression.Parse(source.Suppression);
        CustomerState? state = source.State is { } blob ? StateCodec.Decode(blob) : suppression.IsErased ? new CustomerState() : null;
        if (state is not null) suppression.ApplyTo(state);
        return new CustomerSnapshot(state, source.State is { } hashed ? HashOf(hashed) : "", caps) { Source = source };
    }

    private static string HashOf(ReadOnlySpan<byte> blob)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(blob, hash);
        return Convert.ToHexStringLower(hash[..8]);
    }
}
