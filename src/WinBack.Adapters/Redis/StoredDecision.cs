using System.Globalization;
using Confluent.Kafka;
using StackExchange.Redis;
using WinBack.Adapters.Tracing;
using WinBack.Adapters.Wire;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Policy;

namespace WinBack.Adapters.Redis;

/// <summary>Decisions as the scripts answer them: 'known', chosen, clock, expiry, denials, status, plan.</summary>
internal static class StoredDecision
{
    /// <summary>Fields of a decision's hash, for <see cref="ToMessage"/>.</summary>
    internal static RedisValue[] ResultAndPlan { get; } = ["i", "t", "x", "d", "p", "w"];

    /// <summary>What the decisions topic gets: the decision as it was made, whatever became of its reservation since.</summary>
    /// <param name="fields">Of <see cref="ResultAndPlan"/>.</param>
    /// <returns>Key (customer) and value; null when there is no decision.</returns>
    /// <exception cref="InvalidDataException">The decision is damaged, or of a newer version.</exception>
    internal static Message<byte[], byte[]>? ToMessage(RedisValue[] fields)
    {
        if ((byte[]?)fields[4] is not { } stored) return null;
        byte[] key = DecisionMessage.KeyOf(stored);
        DateTimeOffset? expire = OptionalTime(fields[2]!);
        if (fields[3].IsNullOrEmpty) return Message(key, DecisionMessage.Of(stored, expire), fields[5]);
        DecisionPlan plan = DecisionWire.ReadPlan(stored);
        int chosen = (int)fields[0];
        var result = new ReserveResult(
            chosen, Time(fields[1]!), expire, Denials(fields[3]!, plan, chosen), chosen < 0 ? DecisionStatus.None : DecisionStatus.Reserved);
        return Message(key, DecisionWire.Write(DecisionPipeline.Conclude(plan, result)), fields[5]);
    }

    /// <param name="traceParent">Of the span that decided; null when it was not recorded.</param>
    private static Message<byte[], byte[]> Message(byte[] key, byte[] value, RedisValue traceParent) => new()
    {
        Key = key,
        Value = value,
        Headers = traceParent.IsNullOrEmpty ? null : new Headers { { TraceHeaders.TraceParent, (byte[])traceParent! } },
    };

    /// <summary>Fields of a decision's hash, for <see cref="ReadKept"/>.</summary>
    internal static RedisValue[] AllFields { get; } = ["i", "t", "x", "d", "p", "s", "l"];

    /// <param name="fields">Of <see cref="AllFields"/>.</param>
    /// <returns>Null when there is no decision.</returns>
    internal static KeptDecision? ReadKept(RedisValue[] fields)
    {
        if ((byte[]?)fields[4] is not { } written) return null;
        DecisionPlan plan = DecisionWire.ReadPlan(written);
        int chosen = (int)fields[0];
        var result = new ReserveResult(
            chosen, Time(fields[1]!), OptionalTime(fields[2]!), Denials(fields[3]!, plan, chosen), Status(fields[5]!));
        CapLedger read = CapsHash.Read(plan.Inputs?.Customer.Caps ?? []);
        return new KeptDecision(written, plan, result, read, fields[6].IsNull ? read.Copy() : CapsHash.ReadLines(fields[6]!));
    }

    internal static Decision Read(RedisResult[] parts)
    {
        DecisionPlan plan = DecisionWire.ReadPlan((byte[])parts[6]!);
        return DecisionPipeline.Conclude(plan, ReadResult(parts, plan));
    }

    internal static ReserveResult ReadResult(RedisResult[] parts, DecisionPlan plan) => new(
        (int)parts[1],
        Time((string)parts[2]!),
        OptionalTime((string)parts[3]!),
        Denials((string)parts[4]!, plan, (int)parts[1]),
        Status((string)parts[5]!));

    /// <summary>The same decision in another status.</summary>
    internal static Decision Become(Decision decision, string status) => decision with { Status = Status(status) };

    private static List<CapDenial> Denials(string text, DecisionPlan plan, int chosen)
    {
        if (text.Length == 0) return [];
        var full = new Dictionary<int, (int, DateTimeOffset)>();
        foreach (string denial in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] fields = denial.Split(' ');
            full.Add(Number(fields[0]), (Number(fields[1]), Time(fields[2])));
        }

        return ReserveArguments.Denials(plan.Ranking, chosen, full);
    }

    private static DecisionStatus Status(string letter) => letter switch
    {
        "n" => DecisionStatus.None,
        "r" => DecisionStatus.Reserved,
        "c" => DecisionStatus.Confirmed,
        "x" => DecisionStatus.Released,
        // Gone meanwhile: too old to be kept, so also too old to be confirmed.
        "e" or "" => DecisionStatus.Expired,
        _ => throw new InvalidDataException($"no decision status '{letter}'"),
    };

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    private static DateTimeOffset? OptionalTime(string digits) => digits.Length > 0 ? Time(digits) : null;

    internal static DateTimeOffset Time(string digits) => CapTime.ToTime(long.Parse(digits, CultureInfo.InvariantCulture));
}
