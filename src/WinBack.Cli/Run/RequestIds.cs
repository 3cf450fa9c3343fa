using System.Security.Cryptography;

namespace WinBack.Cli.Run;

/// <summary>Request ids as a messaging system makes them: random, one a request.</summary>
internal static class RequestIds
{
    internal static string New() => new Guid(RandomNumberGenerator.GetBytes(16)).ToString("D");
}
