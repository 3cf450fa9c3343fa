using Google.Protobuf;
using Grpc.Core;
using WinBack.IntegrationTests.Service;
using WinBack.Testing.Models;
using WinBack.Trees.ModelFiles;
using WinBack.V1;
using static WinBack.V1.ModelAuditEntry.Types;

namespace WinBack.IntegrationTests.Models;

/// <summary>winback.v1.ModelService as a caller sees it.</summary>
public sealed class ModelServiceTests
{
    [Fact]
    public async Task Model_FromPushToRollback_IsServedAndWrittenDown()
    {
        await using ServingBench bench = await ServingBench.StartAsync();
        ModelService.ModelServiceClient client = bench.Service.Models;
        string folder = (await bench.ServedAsync()).Churn;
        PushModelVersionRequest push = Push(new StumpModel("churn"));
        PushModelVersionResponse pushed = await client.PushModelVersionAsync(push);
        string version = pushed.Version.Version;
        Assert.Equal(Change.Push, pushed.Change.Change);
        Assert.Null((await client.PushModelVersionAsync(push)).Change);

        Model model = await client.GetModelAsync(new GetModelRequest { Model = "churn" });
        PromoteModelRequest promote = Promote(version, model.Etag);
        promote.ValidateOnly = true;
        Assert.Equal(version, (await client.PromoteModelAsync(promote)).Model.Champion);
        Assert.Equal("", (await client.GetModelAsync(new GetModelRequest { Model = "churn" })).Champion);
        promote.ValidateOnly = false;
        Assert.Equal(("", version), Moved(await client.PromoteModelAsync(promote)));
        await bench.UntilServedAsync(version);
        var rollback = new RollbackModelRequest { Model = "churn", Actor = "ann", Reason = "complaints" };
        Assert.Equal((version, ""), Moved(await client.RollbackModelAsync(rollback)));
        await bench.UntilServedAsync(folder);

        var trail = (await client.ListModelChangesAsync(new ListModelChangesRequest { PageSize = 2 }));
        Assert.Equal([Change.Rollback, Change.Promote], trail.Changes.Select(c => c.Change));
        Assert.Equal(("ann", "complaints"), (trail.Changes[0].Actor, trail.Changes[0].Reason));
        var rest = await client.ListModelChangesAsync(new ListModelChangesRequest { PageSize = 2, PageToken = trail.NextPageToken });
        Assert.Equal([Change.Push], rest.Changes.Select(c => c.Change));
        Assert.Equal("", rest.NextPageToken);
    }

    [Fact]
    public async Task Versions_AreListedPageByPage_AndShownWithTheirManifest()
    {
        await using ServingBench bench = await ServingBench.StartAsync();
        ModelService.ModelServiceClient client = bench.Service.Models;
        var versions = new List<string>();
        for (int i = 0; i < 5; i++)
            versions.Add((await client.PushModelVersionAsync(Push(new StumpModel("churn") { HighScore = i + 1 }))).Version.Version);

        var found = new List<string>();
        var request = new ListModelVersionsRequest { Model = "churn", PageSize = 2 };
        do
        {
            ListModelVersionsResponse page = await client.ListModelVersionsAsync(request);
            Assert.InRange(page.Versions.Count, 1, 2);
            found.AddRange(page.Versions.Select(v => v.Version));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        versions.Reverse();
        Assert.Equal(versions, found);
        ModelVersion one = await client.GetModelVersionAsync(new GetModelVersionRequest { Model = "churn", Version = found[2] });
        Assert.Contains(found[2], one.ManifestJson, StringComparison.Ordinal);
        Assert.Equal(["churn"], (await client.ListModelsAsync(new ListModelsRequest())).Models.Select(m => m.Name));
    }

    [Fact]
    public async Task Refusals_CarryReasonsAndFields()
    {
        await using ServingBench bench = await ServingBench.StartAsync();
        ModelService.ModelServiceClient client = bench.Service.Models;
        string version = (await client.PushModelVersionAsync(Push(new StumpModel("churn")))).Version.Version;
        PushModelVersionRequest taken = Push(new StumpModel("churn") { LabelDefinition = "another" });
        PushModelVersionRequest bad = Push(new StumpModel("churn") { SchemaHash = "fedcba9876543210" });
        // Larger than other requests may be, so that a large model gets as far as the checks.
        PushModelVersionRequest large = Push(new StumpModel("churn"));
        large.Artifact.GoldenRows = ByteString.CopyFrom(new byte[3 << 20]);
        var steep = new CanaryModelRequest { Model = "churn", Version = version, Percent = 25, Actor = "ann" };

        await FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", ["artifact.manifest", "artifact.binary", "artifact.golden_rows", "actor"],
            () => client.PushModelVersionAsync(new PushModelVersionRequest()).ResponseAsync);
        await FailsAsync(StatusCode.AlreadyExists, "VERSION_TAKEN", [], () => client.PushModelVersionAsync(taken).ResponseAsync);
        await FailsAsync(StatusCode.InvalidArgument, "MODEL_REFUSED", ["artifact"], () => client.PushModelVersionAsync(bad).ResponseAsync);
        await FailsAsync(StatusCode.InvalidArgument, "MODEL_REFUSED", ["artifact"], () => client.PushModelVersionAsync(large).ResponseAsync);
        await FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", ["model", "version", "actor", "etag"],
            () => client.PromoteModelAsync(new PromoteModelRequest { Model = "Churn!", Version = "latest", Etag = "x" }).ResponseAsync);
        await FailsAsync(StatusCode.NotFound, "VERSION_NOT_FOUND", [], () => client.PromoteModelAsync(Promote("0123456789ab", "")).ResponseAsync);
        await FailsAsync(StatusCode.Aborted, "ETAG_MISMATCH", [], () => client.PromoteModelAsync(Promote(version, "0")).ResponseAsync);
        await FailsAsync(StatusCode.NotFound, "MODEL_NOT_FOUND", [],
            () => client.GetModelAsync(new GetModelRequest { Model = "horoscope" }).ResponseAsync);
        await FailsAsync(StatusCode.FailedPrecondition, "NOTHING_TO_ROLL_BACK", [],
            () => client.RollbackModelAsync(new RollbackModelRequest { Model = "churn", Actor = "ann" }).ResponseAsync);
        await FailsAsync(StatusCode.FailedPrecondition, "CANARY_STEP", [], () => client.CanaryModelAsync(steep).ResponseAsync);
        steep.Percent = 3;
        await FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", ["percent"], () => client.CanaryModelAsync(steep).ResponseAsync);
        await client.PromoteModelAsync(Promote(version, ""));
        await FailsAsync(StatusCode.FailedPrecondition, "VERSION_IS_CHAMPION", [],
            () => client.ShadowModelAsync(new ShadowModelRequest { Model = "churn", Version = version, Actor = "ann" }).ResponseAsync);
        Assert.Equal(2, (await bench.Registry.ReadAsync()).Revision);
    }

    private static (string From, string To) Moved(ChangeModelResponse response) => (response.Change.From, response.Change.To);

    private static PromoteModelRequest Promote(string version, string etag) =>
        new() { Model = "churn", Version = version, Actor = "ann", Reason = "better", Etag = etag };

    private static PushModelVersionRequest Push(StumpModel model)
    {
        ModelPackage package = model.Package();
        return new PushModelVersionRequest
        {
            Actor = "ann",
            Artifact = new ModelArtifact
            {
                Manifest = ByteString.CopyFrom(package.Manifest),
                Binary = ByteString.CopyFrom(package.Binary),
                GoldenRows = ByteString.CopyFrom(package.GoldenRows),
            },
        };
    }

    private static async Task FailsAsync(StatusCode code, string reason, string[] fields, Func<Task> call)
    {
        RpcException e = await Assert.ThrowsAsync<RpcException>(call);
        ErrorDetails details = ErrorDetails.Of(e);
        Assert.Equal((code, reason), (e.StatusCode, details.Reason));
        Assert.Equal(fields, details.Fields);
    }
}
