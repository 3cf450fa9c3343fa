using System.Text.Json;
using WinBack.Trees.Ensemble;
using WinBack.Trees.ModelFiles;

namespace WinBack.Tests.Trees;

/// <summary>ONNX files against the outputs of onnxruntime 1.30.</summary>
public sealed class OnnxReaderTests
{
    [SharedDataFact("models/onnx")]
    public void Open_RegressorMargin_SameAsOnnxRuntime() => SameAsRuntime("bin_d6_t100_regressor_margin", "margin", null);

    [SharedDataFact("models/onnx/bin_d6_t100_mlnetstyle.onnx.gz")]
    public void Open_ShapeOfMlNetExport_SameAsOnnxRuntime() => SameAsRuntime("bin_d6_t100_mlnetstyle", "Score", "Probability");

    [SharedDataFact("models/onnx")]
    public void Open_Classifier_SameAsOnnxRuntime() => SameAsRuntime("bin_d6_t100_classifier_logistic", null, "probabilities");

    [SharedDataFact("models/onnx/treeensemble5_single_tree.onnx.gz")]
    public void Open_OpsetFiveTreeEnsemble_SameAsOnnxRuntime()
    {
        var model = ModelReader.Open(SharedData.File("models", "onnx", "treeensemble5_single_tree.onnx.gz"));
        using var json = Json("treeensemble5_single_tree_out.json.gz");
        float[] x = json.RootElement.GetProperty("X").EnumerateArray().Select(value => value.GetSingle()).ToArray();
        double[] y = json.RootElement.GetProperty("Y").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        var scores = new double[2];
        for (int row = 0; row < 3; row++)
        {
            model.RawScores(x.AsSpan(2 * row, 2), scores);
            Assert.Equal(y[2 * row], scores[0], 1e-6);
            Assert.Equal(y[(2 * row) + 1], scores[1], 1e-6);
        }
    }

    [SharedDataFact("models/onnx/bin_d6_t100_mlnetstyle.onnx.gz")]
    public void Read_MutatedFiles_ModelOrModelFormatException()
    {
        byte[] small = Gunzip.File(SharedData.File("models", "onnx", "treeensemble5_single_tree.onnx.gz"));
        Fuzz.Run(small, seed: 1, count: 20_000, bytes => ModelReader.Read("fuzz", bytes));
        byte[] large = Gunzip.File(SharedData.File("models", "onnx", "bin_d6_t100_mlnetstyle.onnx.gz"));
        Fuzz.Run(large, seed: 2, count: 100, bytes => ModelReader.Read("fuzz", bytes));
    }

    [Theory]
    [InlineData("BRANCH_LEQ", 1f, true)]
    [InlineData("BRANCH_LT", 1f, false)]
    [InlineData("BRANCH_GTE", 1f, true)]
    [InlineData("BRANCH_GT", 1f, false)]
    [InlineData("BRANCH_EQ", 1f, true)]
    [InlineData("BRANCH_NEQ", 1f, false)]
    [InlineData("BRANCH_LEQ", float.NaN, false)]
    [InlineData("BRANCH_LT", float.NaN, false)]
    [InlineData("BRANCH_GTE", float.NaN, false)]
    [InlineData("BRANCH_GT", float.NaN, false)]
    [InlineData("BRANCH_EQ", float.NaN, false)]
    [InlineData("BRANCH_NEQ", float.NaN, true)]
    public void Read_EveryMode_ComparesAsTheOperatorSays(string mode, float value, bool expected)
    {
        var model = ModelReader.Read("test.onnx", OnnxBytes.Regressor(mode, threshold: 1));

        Assert.Equal(expected ? 10f : 20f, model.Score([value]));
    }

    [Fact]
    public void Read_MissingValueTracksTrue_GoesToTheTrueChild()
    {
        Assert.Equal(10f, ModelReader.Read("t", OnnxBytes.Regressor("BRANCH_LEQ", 1, missingIsTrue: true)).Score([float.NaN]));
        Assert.Equal(10f, ModelReader.Read("t", OnnxBytes.Regressor("BRANCH_GT", 1, missingIsTrue: true)).Score([float.NaN]));
    }

    [Theory]
    [InlineData("BRANCH_SOMETIMES", null)]
    [InlineData("BRANCH_LEQ", "Conv")]
    public void Read_Unknown_IsRefusedByName(string mode, string? extraOperator)
    {
        var error = Assert.Throws<ModelFormatException>(() => ModelReader.Read("t", OnnxBytes.Regressor(mode, 1, extraOperator: extraOperator)));

        Assert.Contains(extraOperator ?? mode, error.Message, StringComparison.Ordinal);
    }

    private static void SameAsRuntime(string name, string? score, string? probability)
    {
        var model = ModelReader.Open(SharedData.File("models", "onnx", name + ".onnx.gz"));
        float[][] rows = FloatCsv.ReadRows(SharedData.File("models", "xgboost", "gen_bin_d6_t100_X.csv.gz"), ',');
        using var json = Json(name + "_out.json.gz");
        Assert.Equal(100, model.Ensemble.Trees.Count);
        Assert.IsType<LogisticLink>(probability is null ? new LogisticLink() : model.Ensemble.Link);
        for (int row = 0; row < rows.Length; row++)
        {
            if (score is not null)
            {
                double wanted = json.RootElement.GetProperty(score).GetProperty("data")[row].GetDouble();
                Assert.Equal(wanted, model.Score(rows[row]), Math.Max(1e-6 * Math.Abs(wanted), 1e-7));
            }

            if (probability is not null)
            {
                var data = json.RootElement.GetProperty(probability).GetProperty("data");
                int columns = data.GetArrayLength() / rows.Length;
                Assert.Equal(data[(row * columns) + columns - 1].GetDouble(), model.Probability(rows[row]), 1e-6);
            }
        }
    }

    private static JsonDocument Json(string file)
    {
        using var reader = FloatCsv.Open(SharedData.File("models", "onnx", file));
        return JsonDocument.Parse(reader.ReadToEnd());
    }
}
