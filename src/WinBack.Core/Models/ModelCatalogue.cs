namespace WinBack.Core.Models;

/// <summary>All models of a registry at one revision. Every change makes the next revision and one <see cref="AuditEntry"/>.</summary>
/// <param name="Revision">Counts the changes; 0 for an empty registry.</param>
/// <param name="Models">By name, in alphabetical order.</param>
public sealed record ModelCatalogue(long Revision, IReadOnlyList<ModelRecord> Models)
{
    public static ModelCatalogue Empty { get; } = new(0, []);

    /// <summary>Null when nothing of that name was ever pushed.</summary>
    public ModelRecord? Find(string name) => Models.FirstOrDefault(m => m.Name == name);

    internal ModelCatalogue With(ModelRecord changed) => new(
        Revision + 1,
        [.. Models.Where(m => m.Name != changed.Name).Append(changed).OrderBy(m => m.Name, StringComparer.Ordinal)]);
}
