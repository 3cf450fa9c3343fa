using WinBack.IntegrationTests.Service;

namespace WinBack.IntegrationTests.Playbooks;

/// <summary>Runs schema-client/client.mjs under node: a foreign YAML reader and JSON schema validator (yaml, ajv).</summary>
internal static class SchemaClient
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests/WinBack.IntegrationTests/Playbooks/schema-client");

    /// <summary>One line per error, "file: place: what"; none when all files obey the schema.</summary>
    internal static async Task<IReadOnlyList<string>> ValidateAsync(params string[] files)
    {
        string schema = Path.Combine(Repository.Root, "playbooks", "playbook.schema.json");
        string output = await ForeignTool.RunNodeAsync(Folder, ["client.mjs", schema, .. files]);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
