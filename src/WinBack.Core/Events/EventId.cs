using System.Text;

namespace WinBack.Core.Events;

/// <summary>
/// Identifies an event among those of one customer. State keeps only the 64-bit <see cref="Hash"/>: with a thousand
/// ids inside the horizon the chance of taking two events for one is below 1e-13 a customer.
/// </summary>
public readonly record struct EventId
{
    public EventId(string value)
    {
        Value = value;
        Hash = StableHash(value);
    }

    public string Value { get; }

    /// <summary>Stable over processes and versions; part of the state format.</summary>
    public ulong Hash { get; }

    public override string ToString() => Value;

    /// <summary>FNV-1a over the UTF-8 bytes, then the 64-bit finaliser of MurmurHash3 (both public domain).</summary>
    private static ulong StableHash(string value)
    {
        Span<byte> bytes = stackalloc byte[256];
        int length = Encoding.UTF8.GetByteCount(value);
        if (length > bytes.Length) bytes = new byte[length];
        Encoding.UTF8.GetBytes(value, bytes);
        ulong hash = 14695981039346656037;
        foreach (byte b in bytes[..length]) hash = (hash ^ b) * 1099511628211;
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return hash ^ (hash >> 33);
    }
}
