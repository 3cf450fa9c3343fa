using Grpc.Core;
using WinBack.Adapters.Redis;
using WinBack.Core.Models;
using WinBack.Service.Grpc.Errors;
using WinBack.Trees.ModelFiles;

namespace WinBack.Service.Grpc;

/// <summary>Why the registry was not changed, as a status with a stable reason.</summary>
internal static class ModelRefusals
{
    internal static RpcException Of(CatalogueFault fault, string detail) => fault switch
    {
        CatalogueFault.UnknownModel => RpcErrors.NotFound("MODEL_NOT_FOUND", "model: " + detail),
        CatalogueFault.UnknownVersion => RpcErrors.NotFound("VERSION_NOT_FOUND", "version: " + detail),
        CatalogueFault.VersionTaken => RpcErrors.AlreadyExists("VERSION_TAKEN", "artifact: " + detail),
        CatalogueFault.TooManyVersions => RpcErrors.FailedPrecondition("TOO_MANY_VERSIONS", detail),
        CatalogueFault.NothingToRollBack => RpcErrors.FailedPrecondition("NOTHING_TO_ROLL_BACK", detail),
        CatalogueFault.IsChampion => RpcErrors.FailedPrecondition("VERSION_IS_CHAMPION", "version: " + detail),
        CatalogueFault.CanaryStep => RpcErrors.FailedPrecondition("CANARY_STEP", "percent: " + detail),
        CatalogueFault.NoCanary => RpcErrors.FailedPrecondition("NO_CANARY", detail),
        CatalogueFault.Changed => RpcErrors.Aborted("ETAG_MISMATCH", "etag: " + detail),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "is no refusal"),
    };

    internal static RpcException Of(ModelFormatException refused) => RpcErrors.ModelRefused(refused.Message);

    internal static RpcException NoModel(string name) => Of(CatalogueFault.UnknownModel, $"nothing was pushed under the name '{name}'");

    internal static RpcException NoVersion(string name, string version) => Of(CatalogueFault.UnknownVersion, $"{name} has no version '{version}'");

    internal static RpcException Unreadable(RegistryException broken) => RpcErrors.FailedPrecondition("REGISTRY_BROKEN", broken.Message);
}
