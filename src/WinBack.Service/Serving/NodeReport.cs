using Google.Protobuf.WellKnownTypes;
using WinBack.Adapters.Wire;
using WinBack.Core.Events;
using WinBack.Core.Models;

namespace WinBack.Service.Serving;

/// <summary>What this node tells of its models, as the API shows it.</summary>
internal static class NodeReport
{
    internal static V1.NodeModels Of(
        string node, DateTimeOffset time, ServingReport serving, IReadOnlyList<ModelReading> readings, long dropped)
    {
        var report = new V1.NodeModels
        {
            Node = node, ReportTime = time.ToTimestamp(), Revision = serving.Revision, DroppedObservations = dropped,
        };
        foreach (ModelReading reading in readings) report.Models.Add(Of(reading, serving));
        return report;
    }

    private static V1.ModelReport Of(ModelReading reading, ServingReport serving)
    {
        var report = new V1.ModelReport
        {
            Name = reading.Name, Champion = reading.Champion, FromFolder = serving.FromFolder.Contains(reading.Name),
        };
        foreach (RefusedModel refused in serving.Refused.Where(r => r.Name == reading.Name))
            report.Refused.Add(new V1.RefusedVersion { Version = refused.Version, Alias = refused.Alias, Problem = refused.Problem });
        foreach (DriftReading drift in reading.Drift) report.Drift.Add(Of(drift));
        if (reading.Shadow is { } shadow) report.Shadow = Of(reading, shadow);
        if (reading.Rollout is { } rollout)
        {
            report.Canary = new V1.CanaryReading
            {
                Rollout = ModelWire.ToProto(rollout),
                Canary = Of(reading.CanaryArm!),
                Champion = Of(reading.ChampionArm!),
                ScoreIndex = reading.Verdict!.ScoreIndex,
                ScoreThreshold = reading.Verdict.ScoreThreshold,
                ScoreDistance = reading.Verdict.ScoreDistance,
            };
        }

        return report;
    }

    private static V1.DriftReading Of(DriftReading drift) => new()
    {
        Name = drift.Name,
        Index = drift.Index,
        Threshold = drift.Threshold,
        Observations = drift.Observations,
        Drifting = drift.IsDrifting,
    };

    private static V1.ShadowReading Of(ModelReading reading, ShadowReading shadow)
    {
        var proto = new V1.ShadowReading
        {
            Challenger = reading.Challenger, Champion = reading.Champion, RankCorrelation = shadow.RankCorrelation,
        };
        foreach (ShadowSegment segment in shadow.Segments)
        {
            proto.Segments.Add(new V1.ShadowSegment
            {
                ValueTier = (V1.ValueTier)(segment.Tier ?? ValueTier.None),
                Requests = segment.Requests,
                MeanDelta = segment.MeanDelta,
                MeanAbsoluteDelta = segment.MeanAbsoluteDelta,
                Disagreement = segment.Disagreement,
            });
        }

        return proto;
    }

    private static V1.CanaryArm Of(ArmReading arm) => new()
    {
        Requests = arm.Requests,
        Errors = arm.Errors,
        ScoringP90Micros = arm.ScoringP90.TotalMicroseconds,
        MeanPrediction = arm.MeanPrediction,
    };
}
