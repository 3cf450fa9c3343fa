using WinBack.Core.Decisions;
using WinBack.Core.Events;

namespace WinBack.Adapters.Wire;

/// <summary>What a decision was made from, as it is kept with it.</summary>
internal static class InputsWire
{
    /// <summary>Its fields.</summary>
    internal static void Write(DecisionInputs inputs, MessageWriter to)
    {
        to.Packed(V1.DecisionInputs.ChannelsFieldNumber, inputs.Channels, channel => (long)channel);
        if (inputs.Customer.State is { } state) to.Bytes(V1.DecisionInputs.StateFieldNumber, state);
        to.Messages(V1.DecisionInputs.CapsFieldNumber, inputs.Customer.Caps, WriteEntry);
        to.String(V1.DecisionInputs.SuppressionFieldNumber, inputs.Customer.Suppression);
    }

    /// <summary>An entry of a map is a message of its key and its value.</summary>
    private static void WriteEntry(KeyValuePair<string, string> entry, MessageWriter to)
    {
        to.String(1, entry.Key);
        to.String(2, entry.Value);
    }

    internal static DecisionInputs? ToCore(V1.DecisionInputs? message)
    {
        if (message is null) return null;
        var channels = new Channel[message.Channels.Count];
        for (int i = 0; i < channels.Length; i++) channels[i] = (Channel)message.Channels[i];
        return new DecisionInputs(
            channels, new SnapshotSource(message.HasState ? message.State.ToByteArray() : null, message.Caps.ToArray())
            {
                Suppression = message.Suppression,
            });
    }
}
