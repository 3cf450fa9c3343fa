using System.Globalization;

namespace WinBack.Cli.Capacity;

/// <summary>A capacity plan as a table in Markdown, which docs/CAPACITY.md holds too.</summary>
internal static class CapacityText
{
    internal static void Write(TextWriter text, CapacityPlan plan)
    {
        text.WriteLine("| what | needed | of it |");
        text.WriteLine("|---|---|---|");
        Row(
            "Redis, memory of the data",
            $"{plan.RedisGibibytes:N1} GiB",
            $"states {plan.StateGibibytes:N1}, actions kept {plan.ActionGibibytes:N1}, decisions to send nothing {plan.NoActionGibibytes:N1}");
        Row("Redis, cores at the peak", $"{plan.RedisCores:N2}", $"{CapacityPlan.CoreShare:P0} of each used");
        Row(
            "Redis, shards",
            $"{plan.Shards:N0}",
            $"for memory {plan.ShardsForMemory:N0}, for cores {plan.ShardsForCores:N0}; {plan.RedisServers:N0} servers with replicas");
        Row(
            "Redis, disk",
            $"{plan.SnapshotGibibytes:N1} GiB of states after a rewrite",
            $"{plan.AppendedGibibytesADay:N1} GiB appended a day by the fold");
        Row("ingest, cores", $"{plan.FoldCores:N0}", $"{plan.EventsAtPeak:N0} events/s at the peak");
        Row("ingest, memory to keep every state", $"{plan.CacheGibibytes:N1} GiB", $"less costs reading states back");
        Row("decide, cores", $"{plan.DecideCores:N0}", $"{plan.DecisionsADay:N0} decisions a day");
        Row("Kafka, partitions of each event topic", $"{plan.Partitions:N0}", $"not to be changed later without a new lineage");
        Row("Kafka, disk for events", $"{plan.EventTebibytes:N2} TiB", $"{CapacityPlan.KafkaCopies} copies, not compressed");
        Row("Kafka, decisions topic", $"{plan.DecisionTopicGibibytesADay:N1} GiB a day", $"{CapacityPlan.KafkaCopies} copies, not compressed");
        Row("network at the peak, Kafka to ingest", $"{plan.EventMegabytes:N2} MB/s", $"");
        Row("network at the peak, ingest to Redis", $"{plan.FoldMegabytes:N2} MB/s", $"");
        Row("network at the peak, decide and Redis", $"{plan.DecideMegabytes:N2} MB/s", $"");
        Row("states again from Kafka", $"{plan.RebuildHours:N1} h", $"all kept events, ingest at full use");

        void Row(string what, FormattableString needed, FormattableString of) =>
            text.WriteLine($"| {what} | {needed.ToString(CultureInfo.InvariantCulture)} | {of.ToString(CultureInfo.InvariantCulture)} |");
    }
}
