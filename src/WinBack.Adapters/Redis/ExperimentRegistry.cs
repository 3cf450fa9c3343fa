using StackExchange.Redis;
using WinBack.Core.Experiments;

namespace WinBack.Adapters.Redis;

/// <summary>
/// The registry of experiments in Redis: the stages of those that were moved, and an entry for every move. The experiments
/// themselves stand in playbooks.
/// </summary>
/// <remarks>Every call may throw <see cref="StoreUnavailableException"/>, within the time limit.</remarks>
public sealed class ExperimentRegistry(IDatabase redis, TimeSpan timeout)
{
    /// <summary>Tests put one in with a changed script, or that is interrupted.</summary>
    internal CatalogueStore Store { get; init; } = new(redis, timeout, RegistryKeys.Experiments);

    /// <inheritdoc cref="CatalogueStore.ReadStampAsync"/>
    public Task<string> ReadStampAsync(CancellationToken cancellationToken = default) => Store.ReadStampAsync(cancellationToken);

    public async Task<ExperimentCatalogue> ReadAsync(CancellationToken cancellationToken = default) =>
        Parse(await Store.ReadAsync(cancellationToken).ConfigureAwait(false));

    /// <inheritdoc cref="CatalogueStore.ReadChangesAsync{T}"/>
    public Task<IReadOnlyList<ExperimentAuditEntry>> ReadChangesAsync(
        long before, int count, CancellationToken cancellationToken = default) =>
        Store.ReadChangesAsync<ExperimentAuditEntry>(before, count, cancellationToken);

    /// <summary>Makes a change by a rule of <see cref="ExperimentMoves"/>; tried again on what somebody else wrote meanwhile.</summary>
    /// <param name="validateOnly">Says what would come of it, and changes nothing.</param>
    public async Task<ExperimentStep> ChangeAsync(
        Func<ExperimentCatalogue, ExperimentStep> rule, bool validateOnly = false, CancellationToken cancellationToken = default)
    {
        ExperimentStep? step = null;
        await Store.ChangeAsync(
            held =>
            {
                step = rule(Parse(held));
                return step.Entry is null || validateOnly ? null : new PendingChange(
                    step.Next.Revision, RegistryJson.Write(step.Next), RegistryJson.Write(step.Entry), Content: null);
            },
            cancellationToken).ConfigureAwait(false);
        return step!;
    }

    private static ExperimentCatalogue Parse(byte[]? json) =>
        json is null or [] ? ExperimentCatalogue.Empty : RegistryJson.Read<ExperimentCatalogue>(json);
}
