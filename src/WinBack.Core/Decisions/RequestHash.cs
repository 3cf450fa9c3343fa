using System.Security.Cryptography;
using System.Text;
using WinBack.Core.Events;

namespace WinBack.Core.Decisions;

/// <summary>Hashes of a request.</summary>
internal static class RequestHash
{
    /// <summary>Over all that the answer depends on: customer and channels. 16 hex digits.</summary>
    internal static string Of(DecisionRequest request)
    {
        uint channels = 0;
        foreach (Channel channel in request.Channels) channels |= 1u << (int)channel;
        return Hash($"{channels}/{request.Customer}");
    }

    /// <summary>The seed of every choice that involves chance: stable for a retry, another for another request.</summary>
    internal static string Seed(DecisionRequest request) => Hash($"{request.RequestId}/{request.Customer}");

    private static string Hash(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return Convert.ToHexStringLower(hash[..8]);
    }
}
