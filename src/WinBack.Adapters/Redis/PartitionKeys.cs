using System.Text;
using StackExchange.Redis;

namespace WinBack.Adapters.Redis;

/// <summary>
/// The names of one partition's keys. All carry the partition's hash tag, so they lie in one slot and one script can
/// change them atomically.
/// </summary>
public sealed class PartitionKeys
{
    private readonly string _tag;

    /// <summary>As bytes, so that a key is the prefix and the customer's name side by side and no new text.</summary>
    private readonly RedisKey _states;

    public PartitionKeys(int partition)
    {
        Partition = partition;
        _tag = "{" + HashTags.Of(partition) + "}";
        _states = Encoding.UTF8.GetBytes(_tag + "s:");
        Watermark = _tag + "w";
        Outbox = _tag + "o";
        Tally = _tag + "e";
        ExposuresMarker = _tag + "em";
        FoldedUntil = _tag + "u";
    }

    public int Partition { get; }

    /// <summary>Epoch, schema and next offsets: see <c>PartitionWatermark</c>.</summary>
    public RedisKey Watermark { get; }

    /// <summary>List of the request ids of decisions not yet on the decisions topic, oldest first.</summary>
    public RedisKey Outbox { get; }

    /// <summary>Hash: counts of experiments, by experiment, day, step and variant; see expose.lua.</summary>
    public RedisKey Tally { get; }

    /// <summary>There while a customer may still have a success of an experiment.</summary>
    public RedisKey ExposuresMarker { get; }

    /// <summary>Instant (ms): all that had arrived before is folded; see Scripts/vouch.lua.</summary>
    public RedisKey FoldedUntil { get; }

    /// <summary>Hash: predictions that were served on one day; see Scripts/sample.lua.</summary>
    /// <param name="day">UTC, of the decisions.</param>
    public RedisKey Predictions(DateOnly day) => _tag + "p:" + day.ToString("yyyyMMdd");

    /// <summary>Hash: the customer's first exposure to each experiment.</summary>
    public RedisKey Exposures(string customer) => _tag + "v:" + customer;

    /// <summary>Hash: what reservations of this partition spend under a lease of a scarce capacity, by request id; see reserve.lua.</summary>
    /// <param name="capacity">Capacity and period.</param>
    public RedisKey Lease(string capacity, long number) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_tag}l:{capacity}#{number}");

    /// <summary>What <see cref="Lease"/> was made of: capacity and period, and the number of the lease.</summary>
    internal static (string Capacity, string Number) CapacityOf(string lease)
    {
        int start = lease.IndexOf("}l:", StringComparison.Ordinal) + 3, hash = lease.LastIndexOf('#');
        return (lease[start..hash], lease[(hash + 1)..]);
    }

    /// <summary>State blob.</summary>
    public RedisKey State(string customer) => new RedisKey(customer).Prepend(_states);

    /// <summary>Hash of the customer's cap time stamps and open reservations.</summary>
    public RedisKey Caps(string customer) => _tag + "k:" + customer;

    /// <summary>Hash of the resets of the customer's contact budget, by request id: who, when, why.</summary>
    public RedisKey Resets(string customer) => _tag + "a:" + customer;

    /// <summary>Hash of one decision.</summary>
    public RedisKey Decision(string requestId) => _tag + "d:" + requestId;

    /// <summary>Hash of what became of the touches that were decided on one day: see Scripts/learn.lua.</summary>
    /// <param name="day">UTC.</param>
    public RedisKey Responses(DateOnly day) => _tag + "r:" + day.ToString("yyyyMMdd");

    /// <summary>Request id and decide time of the customer's latest touch, while a return may be its answer.</summary>
    public RedisKey LastTouch(string customer) => _tag + "t:" + customer;

    /// <summary>List of the request ids of a customer's latest decisions, newest first.</summary>
    public RedisKey Index(string customer) => _tag + "i:" + customer;

    /// <summary>What stands against contact before any event carries it: see <c>Suppression</c>.</summary>
    public RedisKey Suppression(string customer) => _tag + "x:" + customer;

    /// <summary>How many records of one day had which outcome: see <see cref="OutcomeCounts"/>.</summary>
    /// <param name="day">UTC, of the record time stamps counted.</param>
    public RedisKey Metrics(DateOnly day) => _tag + "m:" + day.ToString("yyyyMMdd");
}
