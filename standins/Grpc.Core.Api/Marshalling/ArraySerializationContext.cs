using System.Buffers;

namespace Grpc.Core;

/// <summary>Collects one message in memory, for callers that want a plain array.</summary>
internal sealed class ArraySerializationContext : SerializationContext
{
    private readonly ArrayBufferWriter<byte> writer = new();
    private byte[]? payload;

    /// <exception cref="InvalidOperationException">The marshaller did not call Complete.</exception>
    public byte[] Payload => payload ?? throw new InvalidOperationException("The marshaller did not complete the message.");

    public override void Complete(byte[] payload) => this.payload = payload;

    public override IBufferWriter<byte> GetBufferWriter() => writer;

    public override void SetPayloadLength(int payloadLength)
    {
        // The array writer grows by itself; the length is only a hint here.
    }

    public override void Complete() => payload = writer.WrittenSpan.ToArray();
}
