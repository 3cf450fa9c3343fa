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
        if (args is not [string topic, Message<byte[], byte[]> message, ..])
            throw new NotSupportedException($"{targetMethod?.Name} on kept messages");
        Messages.Add((topic, message));
        if (targetMethod!.ReturnType != typeof(void)) return Task.FromResult(new DeliveryResult<byte[], byte[]>());
        ((Action<DeliveryReport<byte[], byte[]>>?)args[2])?.Invoke(new DeliveryReport<byte[], byte[]> { Error = new Error(ErrorCode.NoError) });
        return null!;
    }
}
