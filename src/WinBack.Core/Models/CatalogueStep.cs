namespace WinBack.Core.Models;

/// <summary>What a rule makes of a catalogue: the next one and its audit entry, nothing to do, or a fault.</summary>
/// <param name="Next">The catalogue afterwards; the same object when there was nothing to do or it was refused.</param>
/// <param name="Entry">Null when nothing changes.</param>
/// <param name="Detail">In words what is wrong and the fix; "" without a fault.</param>
public sealed record CatalogueStep(ModelCatalogue Next, AuditEntry? Entry, CatalogueFault Fault, string Detail)
{
    /// <summary>It is already so: repeating a change is harmless.</summary>
    public static CatalogueStep Nothing(ModelCatalogue catalogue) => new(catalogue, null, CatalogueFault.None, "");

    public static CatalogueStep Refuse(ModelCatalogue catalogue, CatalogueFault fault, string detail) => new(catalogue, null, fault, detail);

    internal static CatalogueStep Change(
        ModelCatalogue catalogue, ModelRecord changed, ModelChange change, string from, string to, ChangeNote note) => new(
            catalogue.With(changed),
            new AuditEntry(catalogue.Revision + 1, note.Time, note.By, changed.Name, change, from, to, note.Reason),
            CatalogueFault.None,
            "");
}
