using WinBack.Core.Events;
using WinBack.Core.Policy.Reasons;

namespace WinBack.Adapters.Wire;

/// <summary>Reason assessments as protobuf and back.</summary>
public static class ReasonWire
{
    public static V1.ReasonAssessment ToProto(ReasonAssessment assessment) =>
        MessageWriter.Read(V1.ReasonAssessment.Parser, to => Write(assessment, to));

    /// <summary>Its fields.</summary>
    internal static void Write(ReasonAssessment assessment, MessageWriter to)
    {
        to.Int64(V1.ReasonAssessment.ReasonFieldNumber, (int)assessment.Reason);
        for (int i = 0; i < assessment.Probabilities.Count; i++)
        {
            int begin = to.Begin(V1.ReasonAssessment.ProbabilitiesFieldNumber);
            to.Int64(V1.ReasonProbability.ReasonFieldNumber, i + 1);
            to.Double(V1.ReasonProbability.ProbabilityFieldNumber, assessment.Probabilities[i]);
            to.End(begin);
        }

        to.Messages(V1.ReasonAssessment.EvidenceFieldNumber, assessment.Evidence, Write);
    }

    private static void Write(ReasonEvidence evidence, MessageWriter to)
    {
        to.String(V1.ReasonEvidence.SourceFieldNumber, evidence.Source);
        to.Int64(V1.ReasonEvidence.ReasonFieldNumber, (int)evidence.Reason);
        to.Double(V1.ReasonEvidence.OddsRatioFieldNumber, evidence.OddsRatio);
        to.String(V1.ReasonEvidence.TextFieldNumber, evidence.Text);
        to.Strings(V1.ReasonEvidence.WordsFieldNumber, evidence.Words);
    }

    internal static ReasonAssessment ToCore(V1.ReasonAssessment message) => new(
        (LapseReason)message.Reason,
        message.Probabilities.Select(p => p.Probability).ToArray(),
        message.Evidence.Select(e => new ReasonEvidence(e.Source, (LapseReason)e.Reason, e.OddsRatio, e.Text, e.Words.ToArray())).ToArray());
}
