namespace WinBack.Service.Serving;

/// <summary>A version that this node does not serve although the registry says so.</summary>
/// <param name="Alias">champion, challenger or canary.</param>
internal sealed record RefusedModel(string Name, string Version, string Alias, string Problem);
