using Google.Protobuf;
using WinBack.Core.Decisions;
using WinBack.Core.Events;

namespace WinBack.Adapters.Wire;

/// <summary>What a decision was made from, as it is kept with it.</summary>
internal static class InputsWire
{
    internal static V1.DecisionInputs? ToProto(DecisionInputs? inputs)
    {
        if (inputs is null) return null;
        var message = new V1.DecisionInputs { Suppression = inputs.Customer.Suppression };
        foreach (Channel channel in inputs.Channels) message.Channels.Add((V1.Channel)channel);
        // Neither is changed by anybody.
        if (inputs.Customer.State is { } state) message.State = UnsafeByteOperations.UnsafeWrap(state);
        foreach ((string field, string value) in inputs.Customer.Caps) message.Caps.Add(field, value);
        return message;
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
