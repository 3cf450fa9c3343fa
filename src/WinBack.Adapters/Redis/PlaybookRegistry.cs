using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;
using WinBack.Core.Models;
using WinBack.Core.Policy;

namespace WinBack.Adapters.Redis;

/// <summary>
/// The registry of playbooks in Redis: texts that never change, addressed by their SHA-256; the catalogue with the alias
/// `live`; and an entry for every change. Whether a text is a playbook is not looked at here: whoever pushes it does, and
/// every service node does again.
/// </summary>
/// <remarks>Every call may throw <see cref="StoreUnavailableException"/>, within the time limit.</remarks>
public sealed class PlaybookRegistry(IDatabase redis, TimeSpan timeout)
{
    /// <summary>Longer texts are refused; the shipped playbook has 7 KB.</summary>
    public const int MaxTextBytes = 1 << 20;

    /// <summary>Tests put one in with a changed script, or that is interrupted.</summary>
    internal CatalogueStore Store { get; init; } = new(redis, timeout, RegistryKeys.Playbooks);

    /// <inheritdoc cref="CatalogueStore.ReadStampAsync"/>
    public Task<string> ReadStampAsync(CancellationToken cancellationToken = default) => Store.ReadStampAsync(cancellationToken);

    public async Task<PlaybookCatalogue> ReadAsync(CancellationToken cancellationToken = default) =>
        Parse(await Store.ReadAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Puts a playbook in and makes it the live one, in one change.</summary>
    /// <param name="version">Of the playbook that the text is; <see cref="PlaybookModel.Version"/>.</param>
    /// <param name="validateOnly">Says what would come of it, and changes nothing.</param>
    /// <exception cref="ArgumentException">The text is longer than <see cref="MaxTextBytes"/>.</exception>
    public Task<PlaybookStep> PushAsync(
        string version, string text, ChangeNote note, bool validateOnly = false, CancellationToken cancellationToken = default)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > MaxTextBytes)
            throw new ArgumentException($"{bytes.Length} bytes are more than the {MaxTextBytes} allowed", nameof(text));
        var pushed = new PlaybookVersion(
            version, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, note.Time, note.By, note.Reason);
        return ChangeAsync(catalogue => PlaybookReleases.Push(catalogue, pushed, note), bytes, validateOnly, cancellationToken);
    }

    /// <summary>Makes the playbook that was live before the live one again; see <see cref="PlaybookReleases.Rollback"/>.</summary>
    public Task<PlaybookStep> RollbackAsync(
        string? to, ChangeNote note, bool validateOnly = false, CancellationToken cancellationToken = default) =>
        ChangeAsync(catalogue => PlaybookReleases.Rollback(catalogue, to, note), [], validateOnly, cancellationToken);

    /// <exception cref="RegistryException">It is gone, or has another hash.</exception>
    public async Task<string> ReadTextAsync(PlaybookVersion version, CancellationToken cancellationToken = default)
    {
        byte[]? bytes = await Store.Guarded(
            redis.StringGetAsync(RegistryKeys.Playbooks.Content(version.Sha256)), cancellationToken).ConfigureAwait(false);
        if (bytes is null) throw new RegistryException($"registry/{version.Version}: the text is gone");
        string found = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return found == version.Sha256 ? Encoding.UTF8.GetString(bytes) : throw new RegistryException(
            $"registry/{version.Version}: SHA-256 is {found}, the catalogue says {version.Sha256}; the text was written over");
    }

    /// <inheritdoc cref="CatalogueStore.ReadChangesAsync{T}"/>
    public Task<IReadOnlyList<PlaybookAuditEntry>> ReadChangesAsync(long before, int count, CancellationToken cancellationToken = default) =>
        Store.ReadChangesAsync<PlaybookAuditEntry>(before, count, cancellationToken);

    private static PlaybookCatalogue Parse(byte[]? json) =>
        json is null or [] ? PlaybookCatalogue.Empty : RegistryJson.Read<PlaybookCatalogue>(json);

    private async Task<PlaybookStep> ChangeAsync(
        Func<PlaybookCatalogue, PlaybookStep> rule, byte[] text, bool validateOnly, CancellationToken cancellationToken)
    {
        PlaybookStep? step = null;
        await Store.ChangeAsync(
            held =>
            {
                PlaybookCatalogue catalogue = Parse(held);
                step = rule(catalogue);
                if (step.Entry is null || validateOnly) return null;
                // The text of a version that is known stays the one it came with.
                bool isNew = step.Next.Versions.Count > catalogue.Versions.Count;
                return new PendingChange(
                    step.Next.Revision, RegistryJson.Write(step.Next), RegistryJson.Write(step.Entry),
                    isNew ? (RegistryKeys.Playbooks.Content(step.Next.Versions[^1].Sha256), text) : null);
            },
            cancellationToken).ConfigureAwait(false);
        return step!;
    }
}
