using StackExchange.Redis;
using WinBack.Core.Models;
using WinBack.Trees.ModelFiles;

namespace WinBack.Adapters.Redis;

/// <summary>
/// The model registry in Redis: packages that never change, addressed by their SHA-256; the catalogue of versions and
/// aliases; and an entry for every change. What a package holds is not looked at here: see <see cref="ModelAcceptance"/>.
/// </summary>
/// <remarks>Every call may throw <see cref="StoreUnavailableException"/>, within the time limit.</remarks>
public sealed class ModelRegistry(IDatabase redis, TimeSpan timeout)
{
    /// <summary>Larger packages are refused: a model of 500 trees x 64 leaves has about 1 MB.</summary>
    public const int MaxPackageBytes = 64 << 20;

    /// <summary>Tests put one in with a changed script, or that is interrupted.</summary>
    internal CatalogueStore Store { get; init; } = new(redis, timeout, RegistryKeys.Models);

    /// <inheritdoc cref="CatalogueStore.ReadStampAsync"/>
    public Task<string> ReadStampAsync(CancellationToken cancellationToken = default) => Store.ReadStampAsync(cancellationToken);

    public async Task<ModelCatalogue> ReadAsync(CancellationToken cancellationToken = default) =>
        RegistryJson.ReadCatalogue(await Store.ReadAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Puts a package in, under the version that its trees give it.</summary>
    /// <param name="manifest">The package's own.</param>
    public Task<RegistryReply> PushAsync(
        ModelPackage package, ModelManifest manifest, ChangeNote note, bool validateOnly = false, CancellationToken cancellationToken = default)
    {
        if (package.Size > MaxPackageBytes)
        {
            throw new ModelFormatException(
                package.Source, $"{package.Size} bytes are more than the {MaxPackageBytes} allowed.", "Is this the right model?");
        }

        var version = new ModelVersion(
            ModelVersion.Of(manifest.BinarySha256), package.ComputeSha256(), package.Size, note.Time, note.By, note.Reason);
        var written = (RegistryKeys.Models.Content(version.Sha256), (RedisValue)StoredPackage.Write(package));
        return ChangeAsync(
            catalogue => CatalogueRules.Push(catalogue, manifest.Card.Name, version, note), written, revision: null, validateOnly, cancellationToken);
    }

    /// <summary>Applies one of <see cref="CatalogueRules"/>, again if somebody else was faster.</summary>
    /// <param name="revision">When not null, what the registry must be at: <see cref="CatalogueFault.Changed"/> otherwise.</param>
    /// <param name="validateOnly">Says what would come of it, and changes nothing.</param>
    public Task<RegistryReply> ChangeAsync(
        Func<ModelCatalogue, CatalogueStep> rule, long? revision = null, bool validateOnly = false, CancellationToken cancellationToken = default) =>
        ChangeAsync(rule, package: null, revision, validateOnly, cancellationToken);

    /// <exception cref="RegistryException">It is gone, or its content has another hash.</exception>
    public async Task<ModelPackage> ReadPackageAsync(string name, ModelVersion version, CancellationToken cancellationToken = default)
    {
        byte[] bytes = await StoredPackage.ReadBytesAsync(
            redis, RegistryKeys.Models.Content(version.Sha256), call => Store.Guarded(call, cancellationToken)).ConfigureAwait(false);
        ModelPackage package = StoredPackage.Parse($"registry/{name}/{version.Version}", bytes);
        string found = package.ComputeSha256();
        return found == version.Sha256 ? package : throw new RegistryException(
            $"registry/{name}/{version.Version}: SHA-256 is {found}, the catalogue says {version.Sha256}; the package was written over");
    }

    /// <inheritdoc cref="CatalogueStore.ReadChangesAsync{T}"/>
    public Task<IReadOnlyList<AuditEntry>> ReadChangesAsync(long before, int count, CancellationToken cancellationToken = default) =>
        Store.ReadChangesAsync<AuditEntry>(before, count, cancellationToken);

    private async Task<RegistryReply> ChangeAsync(
        Func<ModelCatalogue, CatalogueStep> rule, (RedisKey Key, RedisValue Value)? package, long? revision, bool validateOnly,
        CancellationToken cancellationToken)
    {
        RegistryReply? reply = null;
        await Store.ChangeAsync(
            held =>
            {
                ModelCatalogue catalogue = RegistryJson.ReadCatalogue(held);
                CatalogueStep step = revision is { } expected && expected != catalogue.Revision
                    ? CatalogueStep.Refuse(
                        catalogue, CatalogueFault.Changed, $"the registry is at revision {catalogue.Revision}, not {expected}; look again")
                    : rule(catalogue);
                reply = new RegistryReply(step.Next, step.Entry, step.Fault, step.Detail);
                return step.Entry is null || validateOnly ? null : new PendingChange(
                    step.Next.Revision, RegistryJson.Write(step.Next), RegistryJson.Write(step.Entry), package);
            },
            cancellationToken).ConfigureAwait(false);
        return reply!;
    }
}
