using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WinBack.Core.Models;

namespace WinBack.Adapters.Wire;

/// <summary>What the models said of the customer of a decision.</summary>
internal static class PredictionWire
{
    /// <summary>Reads only these fields of a decision, which is long.</summary>
    /// <param name="customer">See <see cref="PredictionSample"/>.</param>
    /// <param name="decision">What <see cref="DecisionWire.Write"/> made, or the message made of it.</param>
    /// <returns>Null when the customer has never been active, or no model was asked: there is nothing to foresee then.</returns>
    /// <exception cref="InvalidProtocolBufferException">The bytes are no message.</exception>
    internal static PredictionSample? Of(ulong customer, byte[] decision)
    {
        var input = new CodedInputStream(decision);
        (bool isContact, double churn, double winBack) = (false, 0, 0);
        Timestamp? time = null;
        Duration? silence = null;
        IReadOnlyList<string> versions = [];
        for (uint tag; (tag = input.ReadTag()) != 0;)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case V1.Decision.KindFieldNumber: isContact = input.ReadEnum() == (int)V1.Decision.Types.Kind.Action; break;
                case V1.Decision.DecideTimeFieldNumber: time = Timestamp.Parser.ParseFrom(input.ReadBytes()); break;
                case V1.Decision.ChurnProbabilityFieldNumber: churn = input.ReadDouble(); break;
                case V1.Decision.WinBackProbabilityFieldNumber: winBack = input.ReadDouble(); break;
                case V1.Decision.SilenceFieldNumber: silence = Duration.Parser.ParseFrom(input.ReadBytes()); break;
                case V1.Decision.EvidenceFieldNumber: versions = VersionsOf(input.ReadBytes()); break;
                default: input.SkipLastField(); break;
            }
        }

        List<ServedPrediction> predictions = [];
        Add(predictions, versions, ServedNames.Churn, churn);
        Add(predictions, versions, ServedNames.WinBack, winBack);
        return silence is null || predictions.Count == 0
            ? null
            : new PredictionSample(customer, time!.ToDateTimeOffset(), silence.ToTimeSpan(), isContact, predictions);
    }

    private static List<string> VersionsOf(ByteString evidence)
    {
        CodedInputStream input = evidence.CreateCodedInput();
        List<string> versions = [];
        for (uint tag; (tag = input.ReadTag()) != 0;)
        {
            if (WireFormat.GetTagFieldNumber(tag) == V1.DecisionEvidence.ModelVersionsFieldNumber) versions.Add(input.ReadString());
            else input.SkipLastField();
        }

        return versions;
    }

    private static void Add(List<ServedPrediction> predictions, IReadOnlyList<string> versions, string model, double probability)
    {
        foreach (string version in versions)
        {
            if (!version.StartsWith(model + "@", StringComparison.Ordinal)) continue;
            predictions.Add(new ServedPrediction(model, version[(model.Length + 1)..], probability));
        }
    }
}
