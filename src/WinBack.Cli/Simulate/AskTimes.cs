namespace WinBack.Cli.Simulate;

/// <summary>
/// When each customer is asked about next: at the instant at which the last answer said that it may change, when an event of
/// the customer comes in, and some time after the last decision at the latest, because scores and features move with time alone.
/// Customers of one instant come in the order of their ids.
/// </summary>
/// <param name="longest">Between two decisions about a customer.</param>
internal sealed class AskTimes(TimeSpan longest)
{
    /// <summary>
    /// At least so long lies between two decisions about a customer: who clicks around for a minute is asked about once, and an
    /// answer that names the present cannot hold up the clock.
    /// </summary>
    internal static readonly TimeSpan Shortest = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, DateTimeOffset> _next = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _last = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, (DateTimeOffset Time, string Customer)> _queue =
        new(Comparer<(DateTimeOffset Time, string Customer)>.Create((one, other) =>
            one.Time.CompareTo(other.Time) is not 0 and var order ? order : string.CompareOrdinal(one.Customer, other.Customer)));

    /// <summary>The next instant at which somebody is asked about; null while nobody is known.</summary>
    internal DateTimeOffset? Next
    {
        get
        {
            // What was put forward stands in the queue twice; only the earlier one counts.
            while (_queue.TryPeek(out string? customer, out var at) && _next.GetValueOrDefault(customer) != at.Time) _queue.Dequeue();
            return _queue.TryPeek(out _, out var first) ? first.Time : null;
        }
    }

    /// <summary>The customer of <see cref="Next"/>.</summary>
    internal string Take()
    {
        string customer = Next is null ? throw new InvalidOperationException("nobody is to be asked about") : _queue.Dequeue();
        _next.Remove(customer);
        return customer;
    }

    /// <param name="eligible">When the answer may change, as it says itself; null when it names no instant.</param>
    internal void Answered(string customer, DateTimeOffset now, DateTimeOffset? eligible)
    {
        _last[customer] = now;
        DateTimeOffset latest = now + longest;
        Put(customer, eligible < latest ? Rested(customer, eligible.Value) : latest);
    }

    /// <summary>Something happened to the customer.</summary>
    internal void Changed(string customer, DateTimeOffset at) => Put(customer, Rested(customer, at));

    private DateTimeOffset Rested(string customer, DateTimeOffset at) =>
        _last.TryGetValue(customer, out DateTimeOffset last) && at < last + Shortest ? last + Shortest : at;

    private void Put(string customer, DateTimeOffset at)
    {
        if (_next.TryGetValue(customer, out DateTimeOffset known) && known <= at) return;
        _next[customer] = at;
        _queue.Enqueue(customer, (at, customer));
    }
}
