using System.ComponentModel.DataAnnotations;

namespace WinBack.Service.Hosting;

/// <summary>What this process does, and where its models and playbook lie.</summary>
public sealed class ServiceOptions
{
    public const string Section = "WinBack";

    /// <summary>"ingest", "decide", or both with a comma; "embedded" is both, with broker and Redis as children.</summary>
    [RegularExpression("^(ingest|decide|ingest,decide|embedded)$", ErrorMessage = "use ingest, decide, 'ingest,decide' or embedded")]
    public string Roles { get; set; } = "ingest,decide";

    /// <summary>Folder with a model folder each for churn and winback.</summary>
    [Required]
    public string Models { get; set; } = "models";

    /// <summary>The playbook file (YAML).</summary>
    [Required]
    public string Playbook { get; set; } = "playbooks/default.yaml";

    /// <summary>Whether the API is reached over HTTP with JSON too, on the port of metrics and health; see /openapi.json.</summary>
    public bool HttpApi { get; set; }

    /// <summary>When set, the addresses are written there as JSON once the service listens.</summary>
    public string ReadyFile { get; set; } = "";

    internal bool IsEmbedded => Roles == "embedded";

    internal bool Ingests => IsEmbedded || Roles.Contains("ingest", StringComparison.Ordinal);

    internal bool Decides => IsEmbedded || Roles.Contains("decide", StringComparison.Ordinal);
}
