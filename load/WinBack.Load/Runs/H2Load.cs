using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using WinBack.Cli;

namespace WinBack.Load.Runs;

/// <summary>
/// One run of h2load, an HTTP/2 load generator in C of other people: a second opinion on rate and latency, and on what a call
/// costs the service. It knows nothing of gRPC, so the request is given as a body, and an error inside an answer goes unnoticed.
/// </summary>
internal sealed partial class H2Load(string bodyFile, Uri url, int copies, TimeSpan warmUp, TimeSpan during)
{
    /// <returns>Requests done, requests a second, and the sorted latencies in microseconds.</returns>
    /// <exception cref="BadInputException">It is not installed, or requests failed.</exception>
    internal async Task<(long Done, double Rate, int[] Microseconds)> RunAsync(CancellationToken stop)
    {
        string log = Path.ChangeExtension(bodyFile, ".log");
        File.Delete(log);
        var start = new ProcessStartInfo("h2load",
        [
            "-D", Seconds(during), .. warmUp > TimeSpan.Zero ? [$"--warm-up-time={Seconds(warmUp)}"] : Array.Empty<string>(),
            "-c", "1", "-m", copies.ToString(CultureInfo.InvariantCulture),
            "-H", "content-type: application/grpc", "-H", "te: trailers", "-d", bodyFile, $"--log-file={log}", url.AbsoluteUri,
        ])
        {
            RedirectStandardOutput = true, UseShellExecute = false,
        };
        using Process process = Start(start);
        string output = await process.StandardOutput.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        Match rate = RatePattern().Match(output), requests = RequestsPattern().Match(output);
        if (!rate.Success || !requests.Success || requests.Groups["failed"].Value != "0")
            throw new BadInputException($"h2load did not do its work; it said: {output}");
        int[] microseconds = [.. File.ReadLines(log).Select(line => int.Parse(line.Split('\t')[2], CultureInfo.InvariantCulture)).Order()];
        return (
            long.Parse(requests.Groups["done"].Value, CultureInfo.InvariantCulture),
            double.Parse(rate.Groups["rate"].Value, CultureInfo.InvariantCulture), microseconds);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException("h2load did not start");
        }
        catch (Win32Exception e)
        {
            throw new BadInputException("there is no h2load here: apt-get install nghttp2-client", e);
        }
    }

    private static string Seconds(TimeSpan length) => Math.Max(1, Math.Round(length.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"finished in .*?, (?<rate>[\d.]+) req/s")]
    private static partial Regex RatePattern();

    [GeneratedRegex(@"requests: .* (?<done>\d+) done, .* (?<failed>\d+) failed")]
    private static partial Regex RequestsPattern();
}
