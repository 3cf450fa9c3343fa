using WinBack.Core.Models;

namespace WinBack.Adapters.Redis;

/// <summary>What came of a change of the registry.</summary>
/// <param name="Catalogue">As it now is; with validateOnly, as it would be.</param>
/// <param name="Entry">Null when nothing changed.</param>
/// <param name="Detail">In words what is wrong and the fix; "" without a fault.</param>
public sealed record RegistryReply(ModelCatalogue Catalogue, AuditEntry? Entry, CatalogueFault Fault, string Detail);
