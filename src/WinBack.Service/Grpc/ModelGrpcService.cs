using System.Globalization;
using System.Text;
using Grpc.Core;
using WinBack.Adapters.Redis;
using WinBack.Adapters.Wire;
using WinBack.Core.Features;
using WinBack.Core.Models;
using WinBack.Trees.ModelFiles;

namespace WinBack.Service.Grpc;

/// <summary>winback.v1.ModelService: checks requests, asks the registry, words the refusals.</summary>
internal sealed class ModelGrpcService(ModelRegistry registry, ModelHealthStore health, FeatureSchema schema)
    : V1.ModelService.ModelServiceBase
{
    public override async Task<V1.ListModelsResponse> ListModels(V1.ListModelsRequest request, ServerCallContext context)
    {
        ModelCatalogue catalogue = await ReadAsync(context);
        return new V1.ListModelsResponse { Models = { catalogue.Models.Select(m => ModelWire.ToProto(m, catalogue.Revision)) } };
    }

    public override async Task<V1.Model> GetModel(V1.GetModelRequest request, ServerCallContext context)
    {
        var checks = new ModelRequestChecks();
        string name = checks.Model(request.Model);
        checks.ThrowIfWrong();
        ModelCatalogue catalogue = await ReadAsync(context);
        return ModelWire.ToProto(catalogue.Find(name) ?? throw ModelRefusals.NoModel(name), catalogue.Revision);
    }

    public override async Task<V1.ListModelVersionsResponse> ListModelVersions(
        V1.ListModelVersionsRequest request, ServerCallContext context)
    {
        var checks = new ModelRequestChecks();
        string name = checks.Model(request.Model);
        int size = checks.PageSize(request.PageSize);
        long? token = checks.PageToken(request.PageToken);
        checks.ThrowIfWrong();
        IReadOnlyList<ModelVersion> versions = ((await ReadAsync(context)).Find(name) ?? throw ModelRefusals.NoModel(name)).Versions;
        // Versions are only ever added, so places from the beginning stay right from page to page.
        int end = (int)Math.Min(token ?? versions.Count, versions.Count);
        int start = Math.Max(0, end - size);
        return new V1.ListModelVersionsResponse
        {
            Versions = { versions.Take(start..end).Reverse().Select(v => ModelWire.ToProto(name, v)) },
            NextPageToken = Token(start),
        };
    }

    public override async Task<V1.ModelVersion> GetModelVersion(V1.GetModelVersionRequest request, ServerCallContext context)
    {
        var checks = new ModelRequestChecks();
        string name = checks.Model(request.Model);
        string version = checks.Version(request.Version);
        checks.ThrowIfWrong();
        ModelRecord model = (await ReadAsync(context)).Find(name) ?? throw ModelRefusals.NoModel(name);
        ModelVersion found = model.Find(version) ?? throw ModelRefusals.NoVersion(name, version);
        ModelPackage package = await AskAsync(context, stop => registry.ReadPackageAsync(name, found, stop));
        V1.ModelVersion proto = ModelWire.ToProto(name, found, Encoding.UTF8.GetString(package.Manifest));
        proto.Shadows.Add(await AskAsync(context, stop => health.ReadShadowsAsync(name, version, stop)));
        return proto;
    }

    public override async Task<V1.PushModelVersionResponse> PushModelVersion(
        V1.PushModelVersionRequest request, ServerCallContext context)
    {
        var checks = new ModelRequestChecks();
        ModelPackage package = checks.Artifact(request.Artifact);
        ChangeNote note = checks.Note(request.Actor, request.Reason);
        checks.ThrowIfWrong();
        ModelManifest manifest = Accept(package);
        RegistryReply reply = await AskAsync(context, stop => registry.PushAsync(package, manifest, note, request.ValidateOnly, stop));
        if (reply.Fault != CatalogueFault.None) throw ModelRefusals.Of(reply.Fault, reply.Detail);
        ModelVersion version = reply.Catalogue.Find(manifest.Card.Name)!.Find(ModelVersion.Of(manifest.BinarySha256))!;
        return new V1.PushModelVersionResponse
        {
            Version = ModelWire.ToProto(manifest.Card.Name, version),
            Change = reply.Entry is { } entry ? ModelWire.ToProto(entry) : null,
        };
    }

    public override Task<V1.ChangeModelResponse> PromoteModel(V1.PromoteModelRequest request, ServerCallContext context)
    {
        var checks = new ModelRequestChecks();
        (string name, string version) = (checks.Model(request.Model), checks.Version(request.Version));
        ChangeNote note = checks.Note(request.Actor, request.Reason);
        return ChangeAsync(
            checks, name, c => CatalogueRules.Promote(c, name, version, note), request.Etag, request.ValidateOnly, context);
    }

    public override Task<V1.ChangeModelResponse> RollbackModel(V1.RollbackModelRequest request, ServerCallContext context)
    {
        var checks = new ModelRequestChecks();
        (string name, string version) = (checks.Model(request.Model), checks.Version(request.Version, isRequired: false));
        ChangeNote note = checks.Note(request.Actor, request.Reason);
        string? to = version.Length > 0 ? version : null;
        return ChangeAsync(checks, name, c => CatalogueRules.Rollback(c, name, to, note), request.Etag, request.ValidateOnly, context);
    }

    public override Task<V1.ChangeModelResponse> ShadowModel(V1.ShadowModelRequest request, ServerCallContext context)
    {
        var checks = new ModelRequestChecks();
        (string name, string version) = (checks.Model(request.Model), checks.Version(request.Version, isRequired: false));
        ChangeNote note = checks.Note(request.Actor, request.Reason);
        return ChangeAsync(
            checks, name, c => CatalogueRules.Shadow(c, name, version, note), request.Etag, request.ValidateOnly, context);
    }

    public override Task<V1.ChangeModelResponse> CanaryModel(V1.CanaryModelRequest request, ServerCallContext context)
    {
        var checks = new ModelRequestChecks();
        int percent = checks.Percent(request.Percent);
        (string name, string version) = (checks.Model(request.Model), checks.Version(request.Version, isRequired: percent > 0));
        ChangeNote note = checks.Note(request.Actor, request.Reason);
        return ChangeAsync(
            checks, name, c => CatalogueRules.Canary(c, name, version, percent, note), request.Etag, request.ValidateOnly, context);
    }

    public override async Task<V1.ListModelChangesResponse> ListModelChanges(
        V1.ListModelChangesRequest request, ServerCallContext context)
    {
        var checks = new ModelRequestChecks();
        int size = checks.PageSize(request.PageSize);
        long? token = checks.PageToken(request.PageToken);
        checks.ThrowIfWrong();
        long before = token ?? (await ReadAsync(context)).Revision + 1;
        IReadOnlyList<AuditEntry> changes = await AskAsync(context, stop => registry.ReadChangesAsync(before, size, stop));
        return new V1.ListModelChangesResponse
        {
            Changes = { changes.Select(ModelWire.ToProto) },
            NextPageToken = before - size > 1 ? Token(before - size) : "",
        };
    }

    public override async Task<V1.ModelHealth> GetModelHealth(V1.GetModelHealthRequest request, ServerCallContext context)
    {
        long revision = (await ReadAsync(context)).Revision;
        return new V1.ModelHealth
        {
            Revision = revision,
            Nodes = { await AskAsync(context, stop => health.ReadNodesAsync(TimeProvider.System.GetUtcNow(), stop)) },
            Calibrations = { await AskAsync(context, health.ReadCalibrationsAsync) },
        };
    }

    private ModelManifest Accept(ModelPackage package)
    {
        try
        {
            ModelManifest manifest = ModelDirectory.ReadManifest(package);
            ModelAcceptance.Open(package, manifest.Card.Name, schema);
            return manifest;
        }
        catch (ModelFormatException refused)
        {
            throw ModelRefusals.Of(refused);
        }
    }

    private async Task<V1.ChangeModelResponse> ChangeAsync(
        ModelRequestChecks checks, string name, Func<ModelCatalogue, CatalogueStep> rule, string etag, bool validateOnly, ServerCallContext context)
    {
        long? revision = checks.Etag(etag);
        checks.ThrowIfWrong();
        RegistryReply reply = await AskAsync(context, stop => registry.ChangeAsync(rule, revision, validateOnly, stop));
        if (reply.Fault != CatalogueFault.None) throw ModelRefusals.Of(reply.Fault, reply.Detail);
        return new V1.ChangeModelResponse
        {
            Model = ModelWire.ToProto(reply.Catalogue.Find(name)!, reply.Catalogue.Revision),
            Change = reply.Entry is { } entry ? ModelWire.ToProto(entry) : null,
        };
    }

    private Task<ModelCatalogue> ReadAsync(ServerCallContext context) => AskAsync(context, registry.ReadAsync);

    private static async Task<T> AskAsync<T>(ServerCallContext context, Func<CancellationToken, Task<T>> ask)
    {
        using CallBudget budget = CallBudget.Of(context);
        try
        {
            return await ask(budget.Token);
        }
        catch (RegistryException broken)
        {
            throw ModelRefusals.Unreadable(broken);
        }
    }

    private static string Token(long place) => place > 0 ? place.ToString(CultureInfo.InvariantCulture) : "";
}
