using System.Globalization;
using System.Text.Json;
using WinBack.Tests.Trees;
using WinBack.Trees.ModelFiles;

namespace WinBack.Tests.Cli.Models;

/// <summary>The command on every model of other tools whose outputs are known: margins within 1e-6, leaves exactly.</summary>
public sealed class ModelScoreFormatsTests : IDisposable
{
    private const double Margin = 1e-6;
    private const double Probability = 2e-7;
    private static readonly ModelCard Card = new() { Name = "test", LabelDefinition = "", FeatureSchemaHash = "", CreatedTime = default };
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SharedDataFact("models/mlnet_true/churn_ft_100x20.zip")]
    public Task MlNetWithImputation_SameBits() => SameBitsAsMlNet("churn_ft_100x20", "test.csv.gz");

    [SharedDataFact("models/mlnet_true/churn_ft_500x64.zip")]
    public Task MlNetOfFiveHundredTrees_SameBits() => SameBitsAsMlNet("churn_ft_500x64", "test.csv.gz");

    [SharedDataFact("models/mlnet_true/churn_ft_onehot_catsplit_100x20.zip")]
    public Task MlNetWithTextColumns_SameBits() => SameBitsAsMlNet("churn_ft_onehot_catsplit_100x20", "test_cat.csv.gz");

    [SharedDataFact("models/mlnet/fasttree_reg_bike.zip")]
    public Task MlNetRegression_AsTheIndependentReader() => AsIndependentReader("fasttree_reg_bike.zip");

    [SharedDataFact("models/mlnet/fasttree_reg_taxi_500x57.zip")]
    public Task MlNetRegressionWithOneHot_AsTheIndependentReader() => AsIndependentReader("fasttree_reg_taxi_500x57.zip");

    [SharedDataFact("models/mlnet/fasttree_tweedie_1989feat.zip")]
    public Task MlNetTweedie_AsTheIndependentReader() => AsIndependentReader("fasttree_tweedie_1989feat.zip");

    [SharedDataFact("models/mlnet/fasttree_ranking_legacy.zip")]
    public Task MlNetRanking_AsTheIndependentReader() => AsIndependentReader("fasttree_ranking_legacy.zip");

    [SharedDataFact("models/mlnet/fasttree_bin_fraud_1000x64_v4.zip")]
    public async Task MlNetWithNormalizers_ScalesItsInputs()
    {
        var model = ModelReader.Open(MlNet("fasttree_bin_fraud_1000x64_v4.zip"));
        var random = new Random(7);
        float[][] inputs = Enumerable.Range(0, 50).Select(_ => model.Columns.Select(_ => (random.NextSingle() * 8) - 4).ToArray()).ToArray();
        var wanted = inputs.Select(row => model.Inputs!.Slots
            .Select(slot => slot.Steps.Aggregate(row[slot.Column], (x, step) => (x - step.First) * step.Second)).ToArray());
        string csv = Write(model.Columns.Select(column => column.Name).ToArray(), inputs);

        double[][] found = await ScoreRun.ValuesAsync(MlNet("fasttree_bin_fraud_1000x64_v4.zip"), csv, "--output", "raw");

        Assert.Equal(wanted.Select(row => (double)model.Score(row)), found.Select(row => (double)(float)row[0]));
    }

    [SharedDataFact("models/mlnet_true/churn_ft_onehot_catsplit_100x20.zip")]
    public async Task OwnFormatOfMlNetWithTextColumns_SameBits()
    {
        var model = ModelReader.Open(SharedData.File("models", "mlnet_true", "churn_ft_onehot_catsplit_100x20.zip"));
        ModelDirectory.Save(_folder.Path("own"), model.Ensemble, Card, [new float[model.FeatureNames.Count]], model.Inputs);

        await SameBitsAsMlNet("churn_ft_onehot_catsplit_100x20", "test_cat.csv.gz", _folder.Path("own"));
    }

    [SharedDataFact("models/mlnet/fasttree_bin_fraud_1000x64_v4.zip")]
    public Task MlNetWithNormalizers_AsTheIndependentReader() => AsIndependentReader("fasttree_bin_fraud_1000x64_v4.zip");

    [SharedDataFact("models/mlnet/fasttree_ova_zero_trees.mlnet")]
    public async Task MlNetOneVersusAllWithoutTrees_EqualShares()
    {
        string rows = _folder.Write("rows.csv", string.Join(',', Enumerable.Repeat("0", 97)) + "\n");

        double[][] shares = await ScoreRun.ValuesAsync(MlNet("fasttree_ova_zero_trees.mlnet"), rows, "--no-header");

        Assert.Equal([[0.25, 0.25, 0.25, 0.25]], shares);
    }

    [SharedDataFact("models/mlnet_census")]
    public async Task OwnFormatOfMlNetsTestTrees_AsMlNetPrints()
    {
        foreach (string file in Directory.GetFiles(SharedData.File("models", "mlnet_census")))
        {
            using var stream = FloatCsv.Open(file);
            using var json = JsonDocument.Parse(stream.ReadToEnd());
            var trees = CensusTrees.Read(json.RootElement);
            float[][] rows = json.RootElement.GetProperty("X").EnumerateArray()
                .Select(row => row.EnumerateArray().Select(x => x.GetSingle()).ToArray()).ToArray();
            ModelDirectory.Save(_folder.Path("census"), trees, Card, rows[..10]);
            string csv = Write(trees.FeatureNames, rows);

            ScoreRun.AssertSame(Column(json, "score"), await ScoreRun.ValuesAsync(_folder.Path("census"), csv, "--output", "raw"), 2 * Margin);
            ScoreRun.AssertSame(Column(json, "probability"), await ScoreRun.ValuesAsync(_folder.Path("census"), csv), 2 * Margin);
        }
    }

    [SharedDataFact("models/lightgbm/leaves__lg_breast_cancer.txt.gz")]
    public async Task LightGbm_SameLeaves()
    {
        string rows = ScoreRun.AsCsv(_folder, LightGbm("leaves__lg_breast_cancer_data.txt.gz"), ' ');

        double[][] leaves = await ScoreRun.ValuesAsync(LightGbm("leaves__lg_breast_cancer.txt.gz"), rows, "--no-header", "--output", "leaf");

        ScoreRun.AssertSame(Plain(LightGbm("leaves__lg_breast_cancer_data_pred_leaves.txt.gz"), ' '), leaves, 0);
    }

    [SharedDataFact("models/lightgbm/leaves__lg_dart_breast_cancer.model.gz")]
    public Task LightGbmDart_SamePredictions() => AsLightGbm(
        "leaves__lg_dart_breast_cancer.model.gz", "leaves__breast_cancer_test.tsv.gz", "leaves__lg_dart_breast_cancer_true_predictions.txt.gz", "probability");

    [SharedDataFact("models/lightgbm/leaves__genlin_fmtp_poisson_Frequency.model.gz")]
    public Task LightGbmPoissonWithCategories_SamePredictions() => AsLightGbm(
        "leaves__genlin_fmtp_poisson_Frequency.model.gz",
        "leaves__genlin_fmtp_poisson_Frequency_features.tsv.gz",
        "leaves__genlin_fmtp_poisson_Frequency_true_predictions.txt.gz",
        "probability");

    [SharedDataFact("models/lightgbm/leaves__lg_kddcup99.model.gz")]
    public Task LightGbmMulticlass_SameScores() => AsLightGbm(
        "leaves__lg_kddcup99.model.gz", "leaves__kddcup99_test.tsv.gz", "leaves__lg_kddcup99_true_predictions.txt.gz", "raw");

    [SharedDataFact("models/xgboost/gen_bin_d6_t100.json.gz")]
    public Task Xgboost_Same() => AsXgboost("gen_bin_d6_t100");

    [SharedDataFact("models/xgboost/gen_bin_missing.json.gz")]
    public Task XgboostWithMissingValues_Same() => AsXgboost("gen_bin_missing");

    [SharedDataFact("models/xgboost/gen_cat_onehot.json.gz")]
    public Task XgboostWithCategories_Same() => AsXgboost("gen_cat_onehot");

    [SharedDataFact("models/onnx/bin_d6_t100_regressor_margin.onnx.gz")]
    public Task OnnxRegressor_AsTheRuntime() => AsOnnxRuntime("bin_d6_t100_regressor_margin", "raw", "margin");

    [SharedDataFact("models/onnx/bin_d6_t100_mlnetstyle.onnx.gz")]
    public async Task OnnxOfMlNet_AsTheRuntime()
    {
        await AsOnnxRuntime("bin_d6_t100_mlnetstyle", "raw", "Score");
        await AsOnnxRuntime("bin_d6_t100_mlnetstyle", "probability", "Probability");
    }

    [SharedDataFact("models/onnx/bin_d6_t100_classifier_logistic.onnx.gz")]
    public Task OnnxClassifier_AsTheRuntime() => AsOnnxRuntime("bin_d6_t100_classifier_logistic", "probability", "probabilities");

    [SharedDataFact("models/onnx/treeensemble5_single_tree.onnx.gz")]
    public async Task OnnxTreeEnsemble_AsTheRuntime()
    {
        using var json = Json("onnx", "treeensemble5_single_tree_out.json.gz");
        double[] x = json.RootElement.GetProperty("X").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        double[] y = json.RootElement.GetProperty("Y").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        string rows = Write(["f1", "f0"], [.. x.Chunk(2).Select(row => new[] { (float)row[1], (float)row[0] })]);

        double[][] found = await ScoreRun.ValuesAsync(Onnx("treeensemble5_single_tree.onnx.gz"), rows, "--output", "raw");

        ScoreRun.AssertSame(y.Chunk(2).ToArray(), found, Margin);
    }

    private static async Task SameBitsAsMlNet(string name, string rows, string? model = null)
    {
        model ??= SharedData.File("models", "mlnet_true", name + ".zip");
        string input = SharedData.File("models", "mlnet_true", rows);
        using var reader = FloatCsv.Open(SharedData.File("models", "mlnet_true", name + ".expected.csv.gz"));
        string[] lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[][] expected = lines.Skip(1).Select(line => line.Split(',')).ToArray();

        var raw = await CommandLine.RunAsync("model", "score", "--model", model, "--input", input, "--output", "raw");
        var probability = await CommandLine.RunAsync("model", "score", "--model", model, "--input", input, "--output", "probability");

        Assert.Equal(2000, expected.Length);
        Assert.Equal(expected.Select(line => line[2]), raw.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(expected.Select(line => line[3]), probability.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The expected rows are feature vectors: a file that scales its inputs is scored without that part of it.</summary>
    private async Task AsIndependentReader(string file)
    {
        using var json = Json("mlnet", file + ".expected.json.gz");
        var expected = json.RootElement.GetProperty("ensembles")[0].GetProperty("rows").EnumerateArray().ToArray();
        var model = ModelReader.Open(MlNet(file));
        string path = MlNet(file);
        if (model.Inputs?.Slots.Any(slot => slot.Steps.Count > 0) == true)
        {
            path = _folder.Path("trees");
            ModelDirectory.Save(path, model.Ensemble, Card, [new float[model.FeatureNames.Count]]);
        }

        string csv = Write(model.FeatureNames, expected.Select(row => Dense(row.GetProperty("sparse"), model.FeatureNames.Count)).ToArray());
        double[][] raw = await ScoreRun.ValuesAsync(path, csv, "--output", "raw");
        double[][] leaves = await ScoreRun.ValuesAsync(path, csv, "--output", "leaf");

        ScoreRun.AssertSame(expected.Select(row => new[] { row.GetProperty("sumDouble").GetDouble() }).ToArray(), raw, Margin);
        for (int row = 0; row < expected.Length; row++)
        {
            double[] wanted = expected[row].GetProperty("leaves").EnumerateArray().Select(leaf => leaf.GetDouble()).ToArray();
            Assert.Equal(wanted, leaves[row].Take(wanted.Length));
        }
    }

    private async Task AsLightGbm(string model, string input, string expected, string output)
    {
        string rows = ScoreRun.AsCsv(_folder, LightGbm(input), '\t');

        double[][] found = await ScoreRun.ValuesAsync(LightGbm(model), rows, "--no-header", "--output", output);

        ScoreRun.AssertSame(Plain(LightGbm(expected), '\t'), found, Margin);
    }

    private static async Task AsXgboost(string name)
    {
        foreach (string ending in (string[])[".json.gz", ".ubj.gz"])
        {
            string model = Xgboost(name + ending);
            string rows = Xgboost(name + "_X.csv.gz");
            ScoreRun.AssertSame(
                Plain(Xgboost(name + "_leaf.csv.gz"), ','), await ScoreRun.ValuesAsync(model, rows, "--no-header", "--output", "leaf"), 0);
            ScoreRun.AssertSame(
                Plain(Xgboost(name + "_margin.csv.gz"), ','), await ScoreRun.ValuesAsync(model, rows, "--no-header", "--output", "raw"), Margin);
            ScoreRun.AssertSame(Plain(Xgboost(name + "_pred.csv.gz"), ','), await ScoreRun.ValuesAsync(model, rows, "--no-header"), Margin);
        }
    }

    private static async Task AsOnnxRuntime(string name, string output, string property)
    {
        using var json = Json("onnx", name + "_out.json.gz");
        double[] expected = json.RootElement.GetProperty(property).GetProperty("data").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        double[][] found = await ScoreRun.ValuesAsync(
            Onnx(name + ".onnx.gz"), Xgboost("gen_bin_d6_t100_X.csv.gz"), "--no-header", "--output", output);
        int columns = expected.Length / found.Length;
        double[] wanted = expected.Chunk(columns).Select(row => row[^1]).ToArray();

        // The runtime computes the logistic function in float, with 1 - p for negative scores: probabilities are exact to its last bit at 1.
        if (output == "raw") ScoreRun.AssertSame(wanted.Select(value => new[] { value }).ToArray(), found, Margin);
        else Assert.All(found.Zip(wanted), pair => Assert.Equal(pair.Second, pair.First[0], Probability));
    }

    private string Write(IReadOnlyList<string> header, IReadOnlyList<float[]> rows) => _folder.Write(
        "rows.csv",
        string.Join(',', header) + "\n" + string.Concat(rows.Select(row =>
            string.Join(',', row.Select(value => float.IsNaN(value) ? "" : value.ToString(CultureInfo.InvariantCulture))) + "\n")));

    private static float[] Dense(JsonElement sparse, int length)
    {
        var row = new float[length];
        foreach (var value in sparse.EnumerateObject())
        {
            row[int.Parse(value.Name, CultureInfo.InvariantCulture)] =
                value.Value.ValueKind == JsonValueKind.String ? float.NaN : value.Value.GetSingle();
        }

        return row;
    }

    private static double[][] Column(JsonDocument json, string name) =>
        json.RootElement.GetProperty(name).EnumerateArray().Select(value => new[] { value.GetDouble() }).ToArray();

    private static double[][] Plain(string path, char separator)
    {
        using var reader = FloatCsv.Open(path);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(separator).Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray())
            .ToArray();
    }

    private static JsonDocument Json(string folder, string file)
    {
        using var reader = FloatCsv.Open(SharedData.File("models", folder, file));
        return JsonDocument.Parse(reader.ReadToEnd());
    }

    private static string MlNet(string file) => SharedData.File("models", "mlnet", file);

    private static string LightGbm(string file) => SharedData.File("models", "lightgbm", file);

    private static string Xgboost(string file) => SharedData.File("models", "xgboost", file);

    private static string Onnx(string file) => SharedData.File("models", "onnx", file);
}
