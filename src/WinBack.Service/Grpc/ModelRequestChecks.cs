using System.Globalization;
using System.Text.RegularExpressions;
using WinBack.Adapters.Redis;
using WinBack.Core.Models;
using WinBack.Trees.ModelFiles;

namespace WinBack.Service.Grpc;

/// <summary>Reads the fields of requests about models; everything that is wrong is thrown at once.</summary>
internal sealed partial class ModelRequestChecks
{
    private const int MaxActor = 100;
    private const int MaxReason = 500;
    private const int DefaultPage = 50;
    private const int MaxPage = 1_000;
    private readonly RequestChecks _checks = new();

    internal string Model(string value)
    {
        if (!ModelName.IsValid(value)) _checks.Fail("model", $"give the name of a model: {ModelName.Rule}");
        return value;
    }

    internal string Version(string value, bool isRequired = true)
    {
        bool isLeftOut = value.Length == 0 && !isRequired;
        if (!isLeftOut && !VersionPattern().IsMatch(value))
            _checks.Fail("version", $"give a version: {ModelVersion.Digits} hex digits, as ListModelVersions shows them");
        return value;
    }

    internal int Percent(int value)
    {
        if (value != 0 && !CanaryRollout.Steps.Contains(value))
            _checks.Fail("percent", $"{value} is no step of a rollout; use {string.Join(", ", CanaryRollout.Steps)}, or 0 to end it");
        return value;
    }

    /// <summary>Now: on the real clock, also where the service decides on a replay clock.</summary>
    internal ChangeNote Note(string actor, string reason)
    {
        if (actor.Length is 0 or > MaxActor) _checks.Fail("actor", $"say who changes it, in 1 to {MaxActor} characters");
        if (reason.Length > MaxReason) _checks.Fail("reason", $"has {reason.Length} characters; at most {MaxReason} are allowed");
        return new ChangeNote(actor, TimeProvider.System.GetUtcNow(), reason);
    }

    /// <returns>Null when the caller does not mind.</returns>
    internal long? Etag(string value)
    {
        if (value.Length == 0) return null;
        if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long revision)) return revision;
        _checks.Fail("etag", "is none; give the one of the Model that you looked at, or leave it empty");
        return null;
    }

    internal int PageSize(int value)
    {
        if (value is < 0 or > MaxPage) _checks.Fail("page_size", $"{value} is not in 0..{MaxPage}");
        return value == 0 ? DefaultPage : value;
    }

    /// <returns>Where the page begins; null for the first.</returns>
    internal long? PageToken(string value)
    {
        if (value.Length == 0) return null;
        if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long place)) return place;
        _checks.Fail("page_token", "is none; give the next_page_token of the answer before");
        return null;
    }

    internal ModelPackage Artifact(V1.ModelArtifact? value)
    {
        const string none = "is missing; give the file of that name of a model directory";
        if (value is null || value.Manifest.IsEmpty) _checks.Fail("artifact.manifest", none);
        if (value is null || value.Binary.IsEmpty) _checks.Fail("artifact.binary", none);
        if (value is null || value.GoldenRows.IsEmpty) _checks.Fail("artifact.golden_rows", none);
        value ??= new V1.ModelArtifact();
        long size = (long)value.Manifest.Length + value.Binary.Length + value.GoldenRows.Length;
        if (size > ModelRegistry.MaxPackageBytes) _checks.Fail("artifact", $"has {size} bytes; at most {ModelRegistry.MaxPackageBytes} are allowed");
        return new ModelPackage("artifact", value.Manifest.ToByteArray(), value.Binary.ToByteArray(), value.GoldenRows.ToByteArray());
    }

    internal void ThrowIfWrong() => _checks.ThrowIfWrong();

    [GeneratedRegex("^[0-9a-f]{12}$")]
    private static partial Regex VersionPattern();
}
