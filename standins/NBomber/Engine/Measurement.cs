using System.Collections.Concurrent;
using NBomber.Contracts;
using NBomber.Contracts.Stats;

namespace NBomber.Engine;

/// <summary>The running figures of the iterations that went well, or of those that failed.</summary>
internal sealed class Measurement
{
    public const string UnhandledExceptionCode = "-101";
    public const string TimeoutCode = "-100";

    /// <summary>Status codes kept apart; what comes after is counted as <see cref="OtherCodes"/>.</summary>
    private const int MaxCodes = 1_000;

    private const string OtherCodes = "(other)";

    private readonly ConcurrentDictionary<string, CodeCount> codes = new(StringComparer.Ordinal);
    private long bytes;

    public LatencyHistogram Latency { get; } = new();

    public void Record(IResponse response, TimeSpan latency)
    {
        Latency.Record(response.CustomLatencyMs > 0 ? TimeSpan.FromMilliseconds(response.CustomLatencyMs) : latency);
        Interlocked.Add(ref bytes, response.SizeBytes);
        if (response.StatusCode.Length > 0)
        {
            Interlocked.Increment(ref CountOf(response).Count);
        }
    }

    /// <summary>A known code is found without a lock; to count the codes would take all locks of the dictionary.</summary>
    private CodeCount CountOf(IResponse response)
    {
        if (codes.TryGetValue(response.StatusCode, out var known))
        {
            return known;
        }

        var code = codes.Count < MaxCodes ? response.StatusCode : OtherCodes;
        return codes.GetOrAdd(code, static (_, message) => new CodeCount(message), response.Message);
    }

    /// <param name="all">Iterations in all, whether they went well or failed: what percentages refer to.</param>
    public MeasurementStats Snapshot(long all, TimeSpan duration, bool isError)
    {
        var count = Latency.Count;
        var request = new RequestStats(
            (int)count, duration > TimeSpan.Zero ? count / duration.TotalSeconds : 0, Percent(count, all));
        var statusCodes = codes
            .Select(code => new StatusCodeStats(
                code.Key, isError, code.Value.Message, code.Value.Count, Percent(code.Value.Count, all)))
            .OrderBy(code => code.StatusCode, StringComparer.Ordinal)
            .ToArray();
        return new MeasurementStats(request, LatencySnapshot(), new DataTransferStats(Volatile.Read(ref bytes)), statusCodes);
    }

    private LatencyStats LatencySnapshot()
    {
        var upTo800 = Latency.CountUpTo(800);
        var upTo1200 = Latency.CountUpTo(1_200);
        return new LatencyStats(
            Latency.MinMs,
            Latency.MeanMs,
            Latency.MaxMs,
            Latency.PercentileMs(50),
            Latency.PercentileMs(75),
            Latency.PercentileMs(95),
            Latency.PercentileMs(99),
            Latency.StdDevMs(),
            new LatencyCount((int)upTo800, (int)(upTo1200 - upTo800), (int)(Latency.Count - upTo1200)));
    }

    private static int Percent(long part, long all) => all == 0 ? 0 : (int)Math.Round(100d * part / all);

    private sealed class CodeCount(string message)
    {
        public int Count;

        public string Message { get; } = message;
    }
}
