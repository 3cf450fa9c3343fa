using System.Runtime.InteropServices;
using System.Text;
using StackExchange.Redis;
using WinBack.Adapters.Kafka;
using WinBack.Adapters.Redis;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Testing.Oracles;

namespace WinBack.IntegrationTests.EventPath;

/// <summary>
/// Compares what a folded log left in Redis and on the diverted topics with the oracle: every state byte for byte, every
/// counter, the identity of every dead and late letter. Which of an erased customer's records came before the erasure
/// depends on how the worker mixed the streams, so for these only the sums are known.
/// </summary>
internal sealed class FoldAudit(KafkaOptions options, IConnectionMultiplexer redis, IReadOnlyList<LogRecord> log, int partitions)
{
    private readonly NaiveFoldResult _expected = NaiveFold.Fold(log, partitions);

    /// <returns>What is wrong; empty when nothing is.</returns>
    internal async Task<IReadOnlyList<string>> RunAsync()
    {
        var violations = new List<string>();
        await CompareStatesAsync(violations);
        CompareCounters(await ReadCountersAsync(), violations);
        CompareDiverted(options.Topics.DeadLetter, FoldOutcome.DeadLetter, violations);
        CompareDiverted(options.Topics.Late, FoldOutcome.Late, violations);
        return violations;
    }

    private async Task CompareStatesAsync(List<string> violations)
    {
        var expected = _expected.Blobs.ToDictionary(
            b => new PartitionKeys(CustomerPartition.Of(new CustomerId(b.Key), partitions)).State(b.Key).ToString(), b => b.Value);
        var found = new Dictionary<string, byte[]>();
        foreach (RedisKey key in Keys("}s:")) found[key!] = (byte[])(await redis.GetDatabase().StringGetAsync(key))!;
        if (NaiveFold.Difference(expected, found) is { } difference) violations.Add(difference);
    }

    private void CompareCounters(Dictionary<(string Key, string Field), long> found, List<string> violations)
    {
        if (found.Values.Sum() != log.Count) violations.Add($"counters add up to {found.Values.Sum()} records; {log.Count} were produced");
        Dictionary<string, long> unsure = [];
        for (int i = 0; i < log.Count; i++)
        {
            string key = new PartitionKeys(log[i].Partition).Metrics(DateOnly.FromDateTime(log[i].Timestamp.UtcDateTime)).ToString();
            if (IsOfErased(i)) unsure[key] = unsure.GetValueOrDefault(key) + 1;
            else CollectionsMarshal.GetValueRefOrAddDefault(found, (key, FoldOutcomeNames.Of(_expected.Outcomes[i])), out _)--;
        }

        // What is left over must be the records of erased customers, and no more of them than there were that day.
        Report(
            "days are counted wrong",
            found.GroupBy(c => c.Key.Key)
                .Where(day => day.Any(c => c.Value < 0) || day.Sum(c => c.Value) != unsure.GetValueOrDefault(day.Key))
                .Select(day => $"{day.Key} with {unsure.GetValueOrDefault(day.Key)} of erased customers is off by "
                    + string.Join(' ', day.Where(c => c.Value != 0).Select(c => $"{c.Key.Field} {c.Value:+0;-0}"))),
            violations);
    }

    private void CompareDiverted(string topic, FoldOutcome outcome, List<string> violations)
    {
        Dictionary<(string, int, long), DivertedLetter> found = [];
        foreach (DivertedLetter letter in DivertedLetter.ReadAll(options, topic)) found[letter.Identity] = letter;
        List<DivertedLetter> changed = [];
        List<(string, int, long)> missing = [], surplus = [];
        for (int i = 0; i < log.Count; i++)
        {
            (string, int, long) identity = (options.Topics.Of(log[i].Stream), log[i].Partition, log[i].Offset);
            bool isThere = found.Remove(identity, out DivertedLetter? letter);
            string reason = outcome == FoldOutcome.Late ? "Late" : _expected.Faults[i].ToString();
            if (isThere && !letter!.IsCopyOf(log[i], reason)) changed.Add(letter);
            if (isThere == (_expected.Outcomes[i] == outcome) || IsOfErased(i)) continue;
            (isThere ? surplus : missing).Add(identity);
        }

        surplus.AddRange(found.Keys);
        Report($"records are missing on {topic}", missing, violations);
        Report($"records should not be on {topic}", surplus, violations);
        Report($"records were changed on {topic}", changed, violations);
    }

    private static void Report<T>(string what, IEnumerable<T> wrong, List<string> violations)
    {
        T[] all = [.. wrong];
        if (all.Length > 0) violations.Add($"{all.Length} {what}: {string.Join(", ", all.Take(5))}");
    }

    private bool IsOfErased(int index) =>
        _expected.Outcomes[index] != FoldOutcome.DeadLetter && _expected.Erased.Contains(Encoding.UTF8.GetString(log[index].Key!));

    private async Task<Dictionary<(string Key, string Field), long>> ReadCountersAsync()
    {
        var counters = new Dictionary<(string, string), long>();
        foreach (RedisKey key in Keys("}m:"))
        {
            OutcomeCounts counts = OutcomeCounts.Parse(await redis.GetDatabase().StringGetAsync(key));
            foreach (FoldOutcome outcome in Enum.GetValues<FoldOutcome>()) counters[(key!, FoldOutcomeNames.Of(outcome))] = counts[outcome];
        }

        return counters;
    }

    private IEnumerable<RedisKey> Keys(string part) => redis.GetServers().Single().Keys(pattern: $"{{*{part}*");
}
