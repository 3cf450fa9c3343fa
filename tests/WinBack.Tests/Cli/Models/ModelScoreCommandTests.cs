using System.Diagnostics;
using WinBack.Cli;

namespace WinBack.Tests.Cli.Models;

/// <summary>What the command asks of its input and how it says no.</summary>
public sealed class ModelScoreCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Score_ColumnsInAnyOrder_ExtraOnesSaidOnce()
    {
        string rows = _folder.Write("rows.csv", "note,\"y, the second\",id,x\nok,0,7,0\nok,0,8,2\n");

        var (code, output, error) = await Run(Stump(["x", "y, the second"]), rows, "--output", "raw");

        Assert.Equal((0, "1\n2.5\n"), (code, output));
        Assert.Equal($"winback: columns of {rows} that the model does not use: note, id\n", error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("nan")]
    [InlineData(" ")]
    public async Task Score_EmptyAndNaN_AreMissing(string field) =>
        Assert.Equal((0, "2.5\n", ""), await Run(Stump(["x", "y"]), _folder.Write("rows.csv", $"x,y\n{field},0\n"), "--output", "raw"));

    [Theory]
    [InlineData("-inf", "1")]
    [InlineData("Infinity", "2.5")]
    [InlineData(" 1e-3 ", "1")]
    [InlineData("\"0.5\"", "1")]
    public async Task Score_NumbersInEverySpelling_AreRead(string field, string expected) =>
        Assert.Equal((0, expected + "\n", ""), await Run(Stump(["x", "y"]), _folder.Write("rows.csv", $"x,y\n{field},0\n"), "--output", "raw"));

    [Fact]
    public async Task Score_BlankLines_AreRowsOnlyWhereARowIsOneValue()
    {
        Assert.Equal("1\n2.5\n1\n", (await Run(Stump(["x"]), _folder.Write("a.csv", "x\n0\n\n0\n"), "--output", "raw")).Output);
        Assert.Equal("1\n1\n", (await Run(Stump(["x", "y"]), _folder.Write("b.csv", "x,y\n0,0\n\n0,0\n\n"), "--output", "raw")).Output);
    }

    [Fact]
    public async Task Score_NoHeader_GoesByPosition()
    {
        string rows = _folder.Write("rows.csv", "0,9\n2,9\n");

        Assert.Equal((0, "1\n2.5\n", ""), await Run(Stump(["x", "y"]), rows, "--no-header", "--output", "raw"));
        Assert.Equal((0, "0\n1\n", ""), await Run(Stump(["x", "y"]), rows, "--no-header", "--output", "leaf"));
    }

    [Fact]
    public async Task Score_Map_FindsColumnsOfOtherNames()
    {
        string map = _folder.Write("map.csv", "model,column\nx,\"the x, mapped\"\n");
        string rows = _folder.Write("rows.csv", "y,\"the x, mapped\"\n9,0\n");

        Assert.Equal((0, "1\n", ""), await Run(Stump(["x", "y"]), rows, "--output", "raw", "--map", map));
    }

    [Theory]
    [InlineData("model,column\nz,a\n", "mapped but not the model's: z")]
    [InlineData("model,column\nx,a\nx,b\n", "'x' is mapped twice")]
    [InlineData("x,a\n", "the header is not model,column")]
    public async Task Score_WrongMap_IsOneAndSaysWhat(string map, string expected)
    {
        var (code, _, error) = await Run(
            Stump(["x", "y"]), _folder.Write("rows.csv", "x,y\n0,0\n"), "--map", _folder.Write("map.csv", map));

        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y\n1\n", "missing: x, z")]
    [InlineData("x,y,z,x\n1,2,3,4\n", "there twice: x")]
    [InlineData("x,y,z\n1,2\n", "line 2 has 2 fields")]
    [InlineData("x,y,z\n1,2,3\n1,red,3\n", "line 3, y is 'red': a number is needed")]
    [InlineData("x,y,z\n1,\"2,3\n", "quot")]
    [InlineData("", "missing: x, y, z")]
    public async Task Score_UnusableRows_IsOneAndSaysWhat(string rows, string expected)
    {
        var (code, _, error) = await Run(Stump(["x", "y", "z"]), _folder.Write("rows.csv", rows));

        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Score_TooFewFieldsWithoutHeader_NamesThoseMissing()
    {
        var (code, _, error) = await Run(Stump(["x", "y", "z"]), _folder.Write("rows.csv", "1,2\n"), "--no-header");

        Assert.Equal(1, code);
        Assert.Contains("missing: z", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Score_NoSuchFiles_IsOneAndNamesThem()
    {
        string rows = _folder.Write("rows.csv", "x\n0\n");

        Assert.Contains("nowhere.txt", (await Expect(1, _folder.Path("nowhere.txt"), rows)).Error, StringComparison.Ordinal);
        Assert.Contains("nowhere.csv", (await Expect(1, Stump(["x"]), _folder.Path("nowhere.csv"))).Error, StringComparison.Ordinal);
        Assert.Contains("format is not known", (await Expect(1, rows, rows)).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--output shares")]
    [InlineData("--unheard of")]
    [InlineData("--no-header --map names.csv")]
    public async Task Score_WrongCommandLine_IsTwo(string options) =>
        await Expect(2, Stump(["x"]), _folder.Write("rows.csv", "x\n0\n"), options.Split(' '));

    [Fact]
    public async Task Score_WithoutModelOrInput_IsTwo()
    {
        Assert.Equal(2, (await CommandLine.RunAsync("model", "score", "--input", "a.csv")).Code);
        Assert.Equal(2, (await CommandLine.RunAsync("model", "score", "--model", "m")).Code);
    }

    [Fact]
    public async Task Score_StandardInput_IsReadAsAProcess()
    {
        string program = typeof(CommandRunner).Assembly.Location;
        string[] arguments = [program, "model", "score", "--model", Stump(["x"]), "--input", "-", "--output", "raw"];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            await process.StandardInput.WriteAsync("x,label\n0,1\n2,1\n");
            process.StandardInput.Close();
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));

            Assert.Equal("1\n2.5\n", await process.StandardOutput.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private static Task<(int Code, string Output, string Error)> Run(string model, string rows, params string[] options) =>
        CommandLine.RunAsync(["model", "score", "--model", model, "--input", rows, .. options]);

    private static async Task<(int Code, string Output, string Error)> Expect(int code, string model, string rows, params string[] options)
    {
        var ended = await Run(model, rows, options);
        Assert.True(code == ended.Code, ended.Error);
        return ended;
    }

    /// <summary>1 where the first feature is at most 0.5, else (and where it is missing) 2.5.</summary>
    private string Stump(string[] features)
    {
        var nodes = new WinBack.Trees.Ensemble.TreeNode[] { new() { Feature = 0, Threshold = 0.5f, Left = -1, Right = -2 } };
        var trees = new WinBack.Trees.Ensemble.TreeEnsemble(
            features, [new WinBack.Trees.Ensemble.Tree(nodes, [1, 2.5])], new WinBack.Trees.Ensemble.IdentityLink());
        var card = new WinBack.Trees.ModelFiles.ModelCard
        {
            Name = "stump", LabelDefinition = "none", FeatureSchemaHash = "", CreatedTime = default,
        };
        WinBack.Trees.ModelFiles.ModelDirectory.Save(_folder.Path("stump"), trees, card, [new float[features.Length]]);
        return _folder.Path("stump");
    }
}
