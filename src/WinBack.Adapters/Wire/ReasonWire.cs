using WinBack.Core.Events;
using WinBack.Core.Policy.Reasons;

namespace WinBack.Adapters.Wire;

/// <summary>Reason assessments as protobuf and back.</summary>
public static class ReasonWire
{
    public static V1.ReasonAssessment ToProto(ReasonAssessment assessment)
    {
        var message = new V1.ReasonAssessment { Reason = (V1.LapseReason)assessment.Reason };
        for (int i = 0; i < assessment.Probabilities.Count; i++)
            message.Probabilities.Add(
                new V1.ReasonProbability { Reason = (V1.LapseReason)(i + 1), Probability = assessment.Probabilities[i] });
        foreach (ReasonEvidence evidence in assessment.Evidence)
        {
            var one = new V1.ReasonEvidence
            {
                Source = evidence.Source,
                Reason = (V1.LapseReason)evidence.Reason,
                OddsRatio = evidence.OddsRatio,
                Text = evidence.Text,
            };
            one.Words.AddRange(evidence.Words);
            message.Evidence.Add(one);
        }

        return message;
    }

    internal static ReasonAssessment ToCore(V1.ReasonAssessment message) => new(
        (LapseReason)message.Reason,
        message.Probabilities.Select(p => p.Probability).ToArray(),
        message.Evidence.Select(e => new ReasonEvidence(e.Source, (LapseReason)e.Reason, e.OddsRatio, e.Text, e.Words.ToArray())).ToArray());
}
