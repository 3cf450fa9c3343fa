namespace WinBack.Service.Hosting;

/// <summary>Partitions of every event topic, as Kafka says at start.</summary>
internal sealed record PartitionCount(int Value);
