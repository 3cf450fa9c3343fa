using System.Net;
using WinBack.Cli;

namespace WinBack.Load.Arguments;

/// <summary>Load stays on this machine: every address that the tool is given must be one of loopback.</summary>
internal static class Loopback
{
    /// <exception cref="BadInputException">It is no http(s) address of loopback.</exception>
    internal static Uri Address(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
            throw new BadInputException($"--address {text}: give it like http://127.0.0.1:5051");
        return IsLoopback(uri.DnsSafeHost) ? uri : throw Refused("--address", text, uri.DnsSafeHost);
    }

    /// <param name="text">host:port, separated by commas.</param>
    /// <exception cref="BadInputException">One of them is not on loopback.</exception>
    internal static string Bootstrap(string text)
    {
        foreach (string server in text.Split(',', StringSplitOptions.TrimEntries))
        {
            // A scheme makes a URI of host:port, so that [::1]:9092 is read right too.
            if (!Uri.TryCreate("kafka://" + server, UriKind.Absolute, out Uri? uri) || uri.Port <= 0)
                throw new BadInputException($"--bootstrap {text}: give it like 127.0.0.1:9092");
            if (!IsLoopback(uri.DnsSafeHost)) throw Refused("--bootstrap", text, uri.DnsSafeHost);
        }

        return text;
    }

    /// <summary>Names are not resolved: what a name means may change between the check and the load.</summary>
    internal static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    internal static BadInputException Refused(string option, string text, string host) => new(
        $"{option} {text}: '{host}' is not on this machine; load is only put on 127.0.0.1, [::1] or localhost");
}
