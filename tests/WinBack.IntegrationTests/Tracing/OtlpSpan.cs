namespace WinBack.IntegrationTests.Tracing;

/// <summary>A span as it came over the wire. Ids in hex, as W3C writes them; "" for no parent.</summary>
/// <param name="Kind">1 internal, 2 server, 3 client, 4 producer, 5 consumer.</param>
/// <param name="Links">Trace and span.</param>
internal sealed record OtlpSpan(
    string Service, string Trace, string Id, string Parent, string Name, int Kind, bool IsError,
    IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<(string Trace, string Id)> Links);
