using System.Diagnostics;
using Grpc.Core;
using WinBack.Cli;

namespace WinBack.Load.Target;

/// <summary>
/// Puts the customers in: three purchases of each, spread over fifteen weeks and the last of them eleven weeks ago, so that
/// many have lapsed. Their ids are the same in each run, so a service that has them already counts nothing twice.
/// </summary>
internal sealed class PopulationEvents(LoadTarget target)
{
    private const int Purchases = 3;
    private const int Chunk = 1_000;

    /// <summary>Customers whose last event is waited for: enough to have some in every partition.</summary>
    private const int Awaited = 64;

    private static readonly TimeSpan Ago = TimeSpan.FromDays(184);
    private static readonly TimeSpan Span = TimeSpan.FromDays(105);
    private static readonly TimeSpan FoldTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    internal async Task SendAsync(CancellationToken stop)
    {
        EventSender sender = target.OpenSender();
        DateTimeOffset start = target.Clock.Now - Ago;
        long count = (long)Purchases * target.Population.Count;
        foreach (IEnumerable<V1.CustomerEvent> chunk in Enumerable.Range(0, (int)count).Select(i => Purchase(i, start, count)).Chunk(Chunk))
            await sender.SendAsync(chunk, stop);
        sender.Flush(stop);
        if (sender.Failed > 0) throw new BadInputException($"{sender.Failed} events were not acknowledged: {string.Join("; ", sender.Errors)}");
        for (int number = Math.Max(0, target.Population.Count - Awaited); number < target.Population.Count; number++)
            await FoldedAsync(target, target.Population[number], stop);
    }

    /// <summary>Waits until a customer is there.</summary>
    /// <exception cref="BadInputException">It is not, after five minutes.</exception>
    internal static async Task FoldedAsync(LoadTarget target, string customer, CancellationToken stop)
    {
        long started = Stopwatch.GetTimestamp();
        while (!await IsThereAsync(target, customer, stop))
        {
            if (Stopwatch.GetElapsedTime(started) > FoldTimeout)
                throw new BadInputException($"an event of {customer} was not folded within {FoldTimeout}: does this Kafka belong to this service?");
            await Task.Delay(PollInterval, stop);
        }
    }

    internal static async Task<bool> IsThereAsync(LoadTarget target, string customer, CancellationToken stop)
    {
        try
        {
            await target.Customers.GetCustomerAsync(new V1.GetCustomerRequest { CustomerId = customer }, cancellationToken: stop);
            return true;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return false;
        }
    }

    private V1.CustomerEvent Purchase(int i, DateTimeOffset start, long count)
    {
        string customer = target.Population[i % target.Population.Count];
        return LoadEvents.Purchase(customer, $"{customer}-{i / target.Population.Count}", start + (Span * ((double)i / count)));
    }
}
