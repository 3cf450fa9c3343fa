using WinBack.Core.Decisions;
using WinBack.Core.Features;

namespace WinBack.Adapters.Wire;

/// <summary>Explanations as protobuf.</summary>
public static class ExplanationWire
{
    public static V1.ScoreExplanation ToProto(ScoreExplanation explanation, FeatureSchema schema)
    {
        var proto = new V1.ScoreExplanation
        {
            ModelVersion = explanation.ModelVersion,
            Probability = explanation.Probability,
            RawScore = explanation.RawScore,
            ExpectedScore = explanation.ExpectedScore,
        };
        if (!double.IsNaN(explanation.LogOddsPerScore)) proto.LogOddsPerScore = explanation.LogOddsPerScore;
        foreach (FeatureContribution contribution in explanation.Contributions)
        {
            FeatureDefinition feature = schema.Features[contribution.Feature];
            var part = new V1.FeatureContribution
            {
                Feature = feature.Name,
                Unit = feature.Unit,
                Contribution = contribution.Contribution,
                Text = ContributionWords.Of(contribution, feature, explanation),
            };
            if (!float.IsNaN(contribution.Value)) part.Value = contribution.Value;
            proto.Contributions.Add(part);
        }

        return proto;
    }
}
