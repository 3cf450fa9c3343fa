namespace WinBack.Adapters.Kafka;

/// <summary>The topics are not laid out as the fold needs them; the message names the fix.</summary>
public sealed class TopicLayoutException(string message) : Exception(message);
