using WinBack.Core.Events;
using WinBack.Core.Policy;

namespace WinBack.Adapters.Wire;

/// <summary>Why a candidate was turned down, to the wire and back.</summary>
public static class RejectionWire
{
    public static V1.Rejection ToProto(Rejection rejection) => new()
    {
        Action = rejection.Action,
        Channel = (V1.Channel)rejection.Channel,
        Stage = Names.Of(rejection.Stage),
        Rule = rejection.Rule,
        Observed = rejection.Observed,
        Threshold = rejection.Threshold,
        EligibleTime = DecisionWire.ToProto(rejection.EligibleTime),
    };

    /// <exception cref="InvalidDataException">The stage is not known.</exception>
    internal static Rejection ToCore(V1.Rejection message) => new(
        message.Action,
        (Channel)message.Channel,
        Names.TryParse(message.Stage, out EligibilityStage stage)
            ? stage
            : throw new InvalidDataException($"no stage '{message.Stage}'"),
        message.Rule,
        message.Observed,
        message.Threshold,
        message.EligibleTime?.ToDateTimeOffset());
}
