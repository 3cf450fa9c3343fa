using Google.Protobuf;

namespace WinBack.Adapters.Wire;

/// <summary>
/// Stored decisions as messages of the decisions topic: a decision as it was made, with all evidence. Features stand
/// without their names, for which the schema's hash stands.
/// </summary>
public static class DecisionMessage
{
    /// <summary>A decision that no cap changed. What is stored says all but one thing, so nothing is read here.</summary>
    /// <param name="stored">What <see cref="DecisionWire.Write"/> made.</param>
    /// <param name="reservationExpireTime">Null when nothing was reserved.</param>
    public static byte[] Of(byte[] stored, DateTimeOffset? reservationExpireTime)
    {
        if (reservationExpireTime is null) return stored;
        // Serialized messages that stand one after another are one message.
        var rest = new V1.Decision { ReservationExpireTime = DecisionWire.ToProto(reservationExpireTime) };
        return [.. stored, .. rest.ToByteArray()];
    }

    /// <summary>The customer, UTF-8, without reading all of the decision.</summary>
    /// <param name="stored">What <see cref="DecisionWire.Write"/> made.</param>
    /// <exception cref="InvalidProtocolBufferException">The bytes are no message.</exception>
    /// <exception cref="InvalidDataException">They do not begin like a Decision.</exception>
    public static byte[] KeyOf(byte[] stored)
    {
        var input = new CodedInputStream(stored);
        int field;
        while ((field = WireFormat.GetTagFieldNumber(input.ReadTag())) is > 0 and < V1.Decision.CustomerIdFieldNumber)
            input.SkipLastField();
        return field == V1.Decision.CustomerIdFieldNumber
            ? input.ReadBytes().ToByteArray()
            : throw new InvalidDataException("a decision without a customer");
    }
}
