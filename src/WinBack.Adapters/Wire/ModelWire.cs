using Google.Protobuf.WellKnownTypes;
using WinBack.Core.Models;

namespace WinBack.Adapters.Wire;

/// <summary>Catalogue and audit trail as the API shows them.</summary>
public static class ModelWire
{
    /// <param name="revision">Of the catalogue that the model is from.</param>
    public static V1.Model ToProto(ModelRecord model, long revision) => new()
    {
        Name = model.Name,
        Champion = model.Champion,
        Challenger = model.Challenger,
        Canary = model.Canary is { } rollout ? ToProto(rollout) : null,
        PreviousChampion = model.PastChampions.LastOrDefault() ?? "",
        VersionCount = model.Versions.Count,
        Etag = revision.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    public static V1.CanaryRollout ToProto(CanaryRollout rollout) =>
        new() { Version = rollout.Version, Percent = rollout.Percent, Salt = rollout.Salt };

    /// <param name="manifestJson">"" where it is not asked for.</param>
    public static V1.ModelVersion ToProto(string model, ModelVersion version, string manifestJson = "") => new()
    {
        Model = model,
        Version = version.Version,
        Sha256 = version.Sha256,
        SizeBytes = version.SizeBytes,
        PushTime = version.PushTime.ToTimestamp(),
        PushedBy = version.PushedBy,
        Reason = version.Reason,
        ManifestJson = manifestJson,
    };

    public static V1.ModelAuditEntry ToProto(AuditEntry entry) => new()
    {
        Revision = entry.Revision,
        ChangeTime = entry.Time.ToTimestamp(),
        Actor = entry.By,
        Model = entry.Model,
        Change = (V1.ModelAuditEntry.Types.Change)entry.Change,
        From = entry.From,
        To = entry.To,
        Reason = entry.Reason,
    };
}
