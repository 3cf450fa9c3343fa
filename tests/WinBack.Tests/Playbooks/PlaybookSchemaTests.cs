namespace WinBack.Tests.Playbooks;

/// <summary>The published schema says what the config types say; that playbooks obey it is asked of a foreign validator.</summary>
public sealed class PlaybookSchemaTests
{
    private static readonly string Published = RepositoryFiles.Path("playbooks", "playbook.schema.json");

    [Fact]
    public void PublishedSchema_IsMadeOfTheConfigTypes()
    {
        string text = PlaybookSchema.Text();
        if (Environment.GetEnvironmentVariable("WINBACK_UPDATE_SCHEMA") == "1") File.WriteAllText(Published, text);
        Assert.True(
            File.ReadAllText(Published) == text,
            "playbooks/playbook.schema.json is not what the config types say: run this test with WINBACK_UPDATE_SCHEMA=1, and look at"
            + " what it changes");
    }
}
