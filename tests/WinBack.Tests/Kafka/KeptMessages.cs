using System.Reflection;
using Confluent.Kafka;

namespace WinBack.Tests.Kafka;

/// <summary>A producer that keeps what it is given, and acknowledges it at once.</summary>
public class KeptMessages : DispatchProxy
{
    internal List<(string Topic, Message<byte[], byte[]> Message)> Messages { get; } = [];

    internal static KeptMessages Create(out IProducer<byte[], byte[]> producer)
    {
        producer = Create<IProducer<byte[], byte[]>, KeptMessages>();
        return (KeptMessages)producer;
    }

    protected override object Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod?.Name != nameof(IProducer<byte[], byte[]>.ProduceAsync) || args?[0] is not string topic)
            throw new NotSupportedException($"{targetMethod?.Name} on kept messages");
        Messages.Add((topic, (Message<byte[], byte[]>)args[1]!));
        return Task.FromResult(new DeliveryResult<byte[], byte[]>());
    }
}
