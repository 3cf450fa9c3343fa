using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WinBack.Core.Experiments;

namespace WinBack.Adapters.Wire;

/// <summary>Whom a decision exposed to which experiments.</summary>
/// <param name="Time">When it was decided (UTC).</param>
internal sealed record ExposureWire(string Customer, DateTimeOffset Time, IReadOnlyList<ExperimentAssignment> Assignments)
{
    /// <summary>Reads only these fields of a decision, which is long; null when it exposed nobody to anything.</summary>
    /// <param name="decision">What <see cref="DecisionWire.Write"/> made, or the message made of it.</param>
    /// <exception cref="InvalidProtocolBufferException">The bytes are no message.</exception>
    internal static ExposureWire? Of(byte[] decision)
    {
        var input = new CodedInputStream(decision);
        string customer = "";
        Timestamp? time = null;
        List<ExperimentAssignment>? assignments = null;
        for (uint tag; (tag = input.ReadTag()) != 0;)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case V1.Decision.CustomerIdFieldNumber: customer = input.ReadString(); break;
                case V1.Decision.DecideTimeFieldNumber: time = Timestamp.Parser.ParseFrom(input.ReadBytes()); break;
                case V1.Decision.ExperimentsFieldNumber:
                    ExperimentAssignment assignment = ExperimentWire.ToCore(V1.ExperimentAssignment.Parser.ParseFrom(input.ReadBytes()));
                    if (assignment.Success is not null) (assignments ??= []).Add(assignment);
                    break;
                default: input.SkipLastField(); break;
            }
        }

        return assignments is null ? null : new ExposureWire(customer, time!.ToDateTimeOffset(), assignments);
    }
}
