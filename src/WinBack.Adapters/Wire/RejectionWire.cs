using WinBack.Core.Events;
using WinBack.Core.Policy;

namespace WinBack.Adapters.Wire;

/// <summary>Why a candidate was turned down, to the wire and back.</summary>
public static class RejectionWire
{
    public static V1.Rejection ToProto(Rejection rejection) =>
        MessageWriter.Read(V1.Rejection.Parser, to => Write(rejection, to));

    /// <summary>Its fields.</summary>
    internal static void Write(Rejection rejection, MessageWriter to)
    {
        to.String(V1.Rejection.ActionFieldNumber, rejection.Action);
        to.Int64(V1.Rejection.ChannelFieldNumber, (int)rejection.Channel);
        to.String(V1.Rejection.StageFieldNumber, Names.Of(rejection.Stage));
        to.String(V1.Rejection.RuleFieldNumber, rejection.Rule);
        to.String(V1.Rejection.ObservedFieldNumber, rejection.Observed);
        to.String(V1.Rejection.ThresholdFieldNumber, rejection.Threshold);
        to.Time(V1.Rejection.EligibleTimeFieldNumber, rejection.EligibleTime);
    }

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
