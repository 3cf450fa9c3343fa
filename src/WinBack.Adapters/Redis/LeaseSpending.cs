using System.Globalization;
using StackExchange.Redis;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Capacities;

namespace WinBack.Adapters.Redis;

/// <summary>What reservations hold under one lease, over all partitions.</summary>
/// <param name="Spent">Units that were confirmed.</param>
/// <param name="Open">Units of each reservation that was neither confirmed nor released when it was read, and when it is over.</param>
internal sealed record LeaseSpending(long Spent, IReadOnlyList<CapacityReturn> Open)
{
    /// <param name="held">The lease's hashes: 'c units' is confirmed, 'expiry units' is reserved until then; see reserve.lua.</param>
    /// <param name="margin">
    /// By how much the clock of a customer's partition may be behind: only so much later it is sure that nothing was confirmed.
    /// </param>
    internal static LeaseSpending Of(IEnumerable<RedisValue> held, TimeSpan margin)
    {
        long spent = 0;
        var open = new List<CapacityReturn>();
        foreach (RedisValue value in held)
        {
            string text = (string)value!;
            int space = text.IndexOf(' ', StringComparison.Ordinal);
            long units = Long(text.AsSpan(space + 1));
            if (text[0] == 'c') spent += units;
            else open.Add(new CapacityReturn(WholeMillisecond(Long(text.AsSpan(0, space))) + margin, units));
        }

        open.Sort((one, other) => one.Time.CompareTo(other.Time));
        return new LeaseSpending(spent, open);
    }

    /// <summary>Units that may still be spent at an instant.</summary>
    internal long OpenAt(DateTimeOffset time) => Open.Where(reserved => reserved.Time > time).Sum(reserved => reserved.Units);

    /// <summary>What comes back of the lease, and when: what nobody took, as soon as it is over; the rest as it expires.</summary>
    internal IEnumerable<CapacityReturn> Returns(OpenLease lease, DateTimeOffset now)
    {
        DateTimeOffset look = CapTime.ToTime(lease.LookMicros);
        if (look < now) look = now;
        yield return new CapacityReturn(look, lease.Units - Spent - OpenAt(look));
        foreach (CapacityReturn reserved in Open)
            if (reserved.Time > look) yield return reserved;
    }

    /// <summary>As decisions are made: so that what is promised for an instant is there at that instant.</summary>
    private static DateTimeOffset WholeMillisecond(long micros) => CapTime.ToTime((micros + 999) / 1_000 * 1_000);

    private static long Long(ReadOnlySpan<char> digits) => long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
