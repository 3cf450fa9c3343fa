using System.Text;
using WinBack.Cli.Dev;
using WinBack.Trees.ModelFiles;

namespace WinBack.Tests.Cli.Dev;

/// <summary>A short run of what a night runs for a million inputs of each format.</summary>
public sealed class FuzzCommandTests
{
    public static TheoryData<string> Formats => [.. FuzzSamples.Formats];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Fuzz_EveryFormat_ReadsOrRefuses(string format)
    {
        var (code, output, error) = await CommandLine.RunAsync("dev", "fuzz", "--format", format, "--seed", "2026", "--count", "2500");

        Assert.True(code == 0, error);
        Assert.Contains("2500 inputs", output, StringComparison.Ordinal);
        Assert.DoesNotContain("2500 still models", output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Samples_BeforeAnyDamage_AreModels(string format)
    {
        if (format == "winback") return;
        Assert.All(FuzzSamples.Of(format), file => Assert.NotNull(ModelReader.Read("sample", file)));
    }

    [Fact]
    public void Inputs_SameSeedAndNumber_AreTheSame()
    {
        var (one, other) = (new FuzzInputs("lightgbm", 1, []), new FuzzInputs("lightgbm", 1, []));

        bool[] found = Enumerable.Range(0, 300).Select(n => one.Try(n)).ToArray();

        Assert.Equal(found, Enumerable.Range(0, 300).Select(n => other.Try(n)));
        Assert.Contains(true, found);
        Assert.Contains(false, found);
    }

    [Fact]
    public async Task Fuzz_FileThatIsNoModel_IsOne()
    {
        using var folder = new TempFolder();
        string file = folder.Write("no.txt", "hello");

        var (code, _, error) = await CommandLine.RunAsync("dev", "fuzz", "--format", "onnx", "--file", file);

        Assert.Equal(1, code);
        Assert.Contains("format is not known", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Ubj_OfJson_ReadsAsTheSameModel()
    {
        byte[] json = FuzzSamples.Of("xgboost-json")[0];
        var wanted = ModelReader.Read("json", json);

        var found = ModelReader.Read("ubj", UbjText.FromJson(Encoding.UTF8.GetString(json)));

        Assert.Equal(ModelFormat.XgboostUbj, found.Format);
        foreach (float[] row in (float[][])[[0, 1, 0], [1, 3, 0], [float.NaN, 7, 0], [0.4f, float.NaN, 0]])
            Assert.Equal(wanted.Score(row), found.Score(row));
    }
}
