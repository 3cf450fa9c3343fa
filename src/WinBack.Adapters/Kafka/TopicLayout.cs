using Confluent.Kafka;
using WinBack.Core.Events;

namespace WinBack.Adapters.Kafka;

/// <summary>Reads and checks the topics: they must exist, and the event topics be partitioned alike.</summary>
public static class TopicLayout
{
    /// <returns>The number of partitions P of every event topic.</returns>
    /// <exception cref="TopicLayoutException">Names every topic that is wrong, and the fix.</exception>
    public static int PartitionCount(KafkaOptions options, TimeSpan timeout)
    {
        // What goes wrong is in the exception; the client's own log would repeat it at every attempt to connect.
        using IAdminClient admin = new AdminClientBuilder(ClientConfigs.Admin(options)).SetLogHandler((_, _) => { }).Build();
        Dictionary<string, int> partitions = ReadPartitions(admin, options, timeout);
        var wrong = new List<string>();
        foreach (string topic in options.Topics.All())
            if (partitions[topic] == 0) wrong.Add($"topic '{topic}' does not exist: create it, or set Kafka:Topics");
        int[] counts = EventStreams.All.Select(s => partitions[options.Topics.Of(s)]).Where(n => n > 0).Distinct().ToArray();
        if (counts.Length > 1)
            wrong.Add("event topics must have the same number of partitions, but have "
                + string.Join(", ", EventStreams.All.Select(s => $"{options.Topics.Of(s)} {partitions[options.Topics.Of(s)]}")));
        if (counts.Length == 1 && counts[0] > Redis.HashTags.MaxPartitions)
            wrong.Add($"{counts[0]} partitions; at most {Redis.HashTags.MaxPartitions} are supported");
        return wrong.Count == 0 ? counts[0] : throw new TopicLayoutException(string.Join("; ", wrong));
    }

    private static Dictionary<string, int> ReadPartitions(IAdminClient admin, KafkaOptions options, TimeSpan timeout)
    {
        try
        {
            // Asked for one by one: asking for all would list topics that are not ours.
            return options.Topics.All().Distinct().ToDictionary(
                topic => topic,
                topic => admin.GetMetadata(topic, timeout).Topics.SingleOrDefault(t => t.Topic == topic) is { Error.IsError: false } found
                    ? found.Partitions.Count
                    : 0);
        }
        catch (KafkaException e)
        {
            throw new TopicLayoutException($"Kafka at '{options.BootstrapServers}' does not answer ({e.Error.Reason}): check Kafka:BootstrapServers");
        }
    }
}
