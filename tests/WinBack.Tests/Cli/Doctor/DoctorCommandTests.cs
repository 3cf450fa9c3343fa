namespace WinBack.Tests.Cli.Doctor;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Doctor_OfflineOnTheRepository_IsWell()
    {
        (int code, string output, _) = await CommandLine.RunAsync("doctor", "--offline");

        Assert.Equal(0, code);
        Assert.Contains("All is well.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_BrokenPlaybookAndNoModels_NamesLineAndFixOfEach()
    {
        string playbook = _folder.Write("p.yaml", "version: 1\nno_such_field: 2\n");

        (int code, string output, _) =
            await CommandLine.RunAsync("doctor", "--offline", "--models", _folder.Root, "--playbook", playbook);

        Assert.Equal(1, code);
        Assert.Matches(@"FAILURE +models ", output);
        Assert.Contains("p.yaml:2: no_such_field:", output, StringComparison.Ordinal);
        Assert.Contains("fix: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_PlaybookMissing_IsAFailureAndNotAFault()
    {
        (int code, string output, string error) =
            await CommandLine.RunAsync("doctor", "--offline", "--playbook", _folder.Path("none.yaml"));

        Assert.Equal((1, ""), (code, error));
        Assert.Matches(@"FAILURE +playbook .*none\.yaml", output);
    }
}
