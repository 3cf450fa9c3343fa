using System.Net;
using System.Net.Sockets;

namespace WinBack.Testing;

/// <summary>Finds TCP ports for child servers.</summary>
public static class FreePort
{
    // Below the range from which Linux takes the local ports of outgoing connections (32768 and up). A server that is
    // down for a moment would otherwise find its port taken by some client, or a client that reconnects to it in a
    // loop could be connected to itself.
    private const int First = 20_000;
    private const int Count = 12_000;

    private static int _next = Random.Shared.Next(Count);

    /// <summary>A port of the loopback address that was free a moment ago; each call gives another one.</summary>
    /// <exception cref="ServerStartException">No port is free.</exception>
    public static int Next()
    {
        for (int i = 0; i < Count; i++)
        {
            int port = First + (int)((uint)Interlocked.Increment(ref _next) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new ServerStartException($"No TCP port from {First} to {First + Count - 1} is free on the loopback address.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
