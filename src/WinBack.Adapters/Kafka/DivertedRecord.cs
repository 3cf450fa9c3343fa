using Confluent.Kafka;
using WinBack.Core.Decisions;
using WinBack.Core.Events;

namespace WinBack.Adapters.Kafka;

/// <summary>A record that goes to the dead-letter or the late topic, as it was read and as it was judged.</summary>
internal readonly record struct DivertedRecord(
    ConsumeResult<byte[], byte[]> Raw, EventRecord Record, FoldOutcome Outcome);
