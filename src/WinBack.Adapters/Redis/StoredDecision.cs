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
    /// <summary>What the scripts are to keep of a decision.</summary>
    /// <param name="expected">From <see cref="DecisionPipeline.Expect(DecisionPlan)"/>.</param>
    internal static byte[] Write(Decision expected)
    {
        using var writer = new MessageWriter();
        DecisionWire.WriteTo(writer, expected);
        return DecisionPacking.Pack(writer.Written);
    }

    /// <summary>How many fields Scripts/told.lua gives of each decision.</summary>
    internal const int ToldFields = 6;

    /// <summary>What the decisions topic gets: the decision as it was made, whatever became of its reservation since.</summary>
    /// <param name="fields">Of Scripts/told.lua.</param>
    /// <returns>Key (customer) and value; null when there is no decision.</returns>
    /// <exception cref="InvalidDataException">The decision is damaged, or of a newer version.</exception>
    internal static Message<byte[], byte[]>? ToMessage(ReadOnlySpan<RedisValue> fields)
    {
        if ((byte[]?)fields[4] is not { } packed) return null;
        byte[] stored = DecisionPacking.Unpack(packed);
        byte[] key = DecisionMessage.KeyOf(stored);
        string denials = fields[3].ToString();
        if (denials.Length == 0 || DenialWords.AreWritten(denials))
            return Message(key, DecisionMessage.Of(stored, OptionalTime(fields[2]!)), fields[5]);
        (DecisionPlan plan, ReserveResult result) = Read(stored, fields, status: (int)fields[0] < 0 ? "n" : "r");
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
        if ((byte[]?)fields[4] is not { } packed) return null;
        byte[] written = DecisionPacking.Unpack(packed);
        (DecisionPlan plan, ReserveResult result) = Read(written, fields, fields[5]!);
        CapLedger read = CapsHash.Read(plan.Inputs?.Customer.Caps ?? []);
        return new KeptDecision(written, plan, result, read, fields[6].IsNull ? read.Copy() : CapsHash.ReadLines(fields[6]!))
        {
            IsForeseen = DenialWords.AreWritten(fields[3]!),
        };
    }

    /// <param name="parts">Of a script: what it is, then chosen, clock, expiry, denials, status, plan.</param>
    internal static Decision Read(RedisResult[] parts)
    {
        RedisValue[] fields = [(RedisValue)parts[1], (RedisValue)parts[2], (RedisValue)parts[3], (RedisValue)parts[4]];
        (DecisionPlan plan, ReserveResult result) = Read(DecisionPacking.Unpack((byte[])parts[6]!), fields, (string)parts[5]!);
        return DecisionPipeline.Conclude(plan, result);
    }

    internal static ReserveResult ReadResult(RedisResult[] parts, DecisionPlan plan) => Result(
        plan, [(RedisValue)parts[1], (RedisValue)parts[2], (RedisValue)parts[3], (RedisValue)parts[4]], (string)parts[5]!);

    /// <summary>The same decision in another status.</summary>
    internal static Decision Become(Decision decision, string status) => decision with { Status = Status(status) };

    /// <param name="fields">Chosen, clock, expiry, denials.</param>
    private static (DecisionPlan Plan, ReserveResult Result) Read(byte[] written, ReadOnlySpan<RedisValue> fields, string status)
    {
        DecisionPlan plan = DecisionWire.ReadPlan(written);
        ReserveResult result = Result(plan, fields, status);
        // What the caps say was foreseen, and stands behind what the rules said.
        if (DenialWords.AreWritten(fields[3]!)) plan = plan with { Rejections = [.. plan.Rejections.SkipLast(result.Denials.Count)] };
        return (plan, result);
    }

    private static ReserveResult Result(DecisionPlan plan, ReadOnlySpan<RedisValue> fields, string status)
    {
        int chosen = (int)fields[0];
        return new ReserveResult(
            chosen, Time(fields[1]!), OptionalTime(fields[2]!), DenialWords.Read(fields[3]!, plan.Ranking, chosen), Status(status));
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

    private static DateTimeOffset? OptionalTime(string digits) => digits.Length > 0 ? Time(digits) : null;

    internal static DateTimeOffset Time(string digits) => CapTime.ToTime(long.Parse(digits, CultureInfo.InvariantCulture));
}
