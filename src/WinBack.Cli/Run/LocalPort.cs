using System.Net;
using System.Net.Sockets;

namespace WinBack.Cli.Run;

/// <summary>Which port of 127.0.0.1 a server is given.</summary>
internal static class LocalPort
{
    /// <param name="asked">What the user said; taken as it is.</param>
    /// <param name="preferred">Taken when the user said nothing and nobody listens there.</param>
    /// <returns>0 for a free one.</returns>
    internal static int Of(int? asked, int preferred) => asked ?? (IsFree(preferred) ? preferred : 0);

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
