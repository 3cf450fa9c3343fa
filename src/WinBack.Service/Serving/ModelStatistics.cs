using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Features;
using WinBack.Core.Models;
using WinBack.Core.Policy;
using WinBack.Trees.ModelFiles;

namespace WinBack.Service.Serving;

/// <summary>
/// What is counted of one model: drift of the champion, challenger against champion, canary against champion. Whatever is
/// compared begins anew when one side of it changes. Not thread-safe.
/// </summary>
/// <param name="name">One of <see cref="ServedNames"/>.</param>
internal sealed class ModelStatistics(string name, FeatureSchema schema)
{
    private ServedModel? _model;
    private PopulationDrift? _drift;
    private ScoreComparison _comparison = new();
    private ArmStatistics _championArm = new();
    private ArmStatistics _canaryArm = new();

    /// <param name="shadow">What the challengers say; null when there are none.</param>
    internal void Add(in ScoredRequest request, ValueTier tier, Scores? shadow)
    {
        Follow(request.Models.Of(name));
        bool isCanary = ServingModels.IsCanary(name, request.Arm);
        if (_model!.Rollout is not null) AddToArm(request, isCanary);
        // The customers of a rollout are drawn by chance: without them the champion still sees all kinds.
        if (isCanary) return;
        _drift!.Add(request.Features, Of(request.Scores));
        if (shadow is not null && _model.Challenger is not null) _comparison.Add(tier, Of(request.Scores), Of(shadow));
    }

    /// <summary>Begins anew what is compared with another than <paramref name="now"/>.</summary>
    internal void Follow(ServedModel now)
    {
        ServedModel? before = _model;
        if (ReferenceEquals(before, now)) return;
        _model = now;
        bool isNewChampion = before?.Champion != now.Champion;
        if (isNewChampion) _drift = new PopulationDrift(now.Champion, schema);
        if (isNewChampion || before?.Challenger != now.Challenger) _comparison = new ScoreComparison();
        if (isNewChampion || before?.Rollout?.Salt != now.Rollout?.Salt) (_championArm, _canaryArm) = (new ArmStatistics(), new ArmStatistics());
    }

    internal void Roll() => _drift?.Roll();

    /// <summary>Null before the first <see cref="Follow"/>.</summary>
    internal ModelReading? Read() => _model is not { } model ? null : new ModelReading(
        name,
        VersionOf(model.Champion),
        _drift!.Read(),
        model.Challenger is { } challenger ? VersionOf(challenger) : "",
        model.Challenger is null ? null : _comparison.Read(),
        model.Rollout,
        model.Rollout is null ? null : ArmReading.Of(_canaryArm),
        model.Rollout is null ? null : ArmReading.Of(_championArm),
        model.Rollout is null ? null : CanaryVerdict.Of(_championArm, _canaryArm));

    private void AddToArm(in ScoredRequest request, bool isCanary)
    {
        ArmStatistics arm = isCanary ? _canaryArm : _championArm;
        if (isCanary && request.HasFailed) arm.AddError();
        else arm.Add(Of(request.Scores), request.Scoring);
    }

    private double Of(Scores scores) => name == ServedNames.Churn ? scores.Churn : scores.WinBack;

    private static string VersionOf(TreeModel model) => ModelVersion.Of(model.Manifest!.BinarySha256);
}
