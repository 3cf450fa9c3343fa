using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using WinBack.Trees.ModelFiles;
using WinBack.Trees.ModelFiles.MlNet;

namespace WinBack.Tests.Trees;

/// <summary>ML.NET's own files against ML.NET's own outputs (mlnet_true, bit for bit) and an independent reader's (mlnet).</summary>
public sealed class MlNetReaderTests
{
    [SharedDataFact("models/mlnet_true")]
    public void Open_FastTreeWithImputation_SameBitsAsMlNet() => SameBitsAsMlNet("churn_ft_100x20", "test.csv.gz");

    [SharedDataFact("models/mlnet_true")]
    public void Open_FiveHundredTrees_SameBitsAsMlNet() => SameBitsAsMlNet("churn_ft_500x64", "test.csv.gz");

    [SharedDataFact("models/mlnet_true/churn_ft_onehot_catsplit_100x20.zip")]
    public void Open_OneHotAndCategoricalSplits_SameBitsAsMlNet() => SameBitsAsMlNet("churn_ft_onehot_catsplit_100x20", "test_cat.csv.gz");

    [SharedDataFact("models/mlnet")]
    public void Open_Binary_AsTheIndependentReader() => SameAsIndependentReader("fasttree_bin_fraud_1000x64_v4.zip");

    [SharedDataFact("models/mlnet")]
    public void Open_RegressionOfATutorial_AsTheIndependentReader() => SameAsIndependentReader("fasttree_reg_bike.zip");

    [SharedDataFact("models/mlnet")]
    public void Open_RegressionWithOneHot_AsTheIndependentReader() => SameAsIndependentReader("fasttree_reg_taxi_500x57.zip");

    [SharedDataFact("models/mlnet")]
    public void Open_TweedieOfTwoThousandFeatures_AsTheIndependentReader() => SameAsIndependentReader("fasttree_tweedie_1989feat.zip");

    [SharedDataFact("models/mlnet")]
    public void Open_LegacyRanking_AsTheIndependentReader() => SameAsIndependentReader("fasttree_ranking_legacy.zip");

    [SharedDataFact("models/mlnet")]
    public void Open_OneVersusAllWithoutTrees_GivesEqualShares()
    {
        var model = ModelReader.Open(SharedData.File("models", "mlnet", "fasttree_ova_zero_trees.mlnet"));
        var shares = new double[4];

        model.Predict(new float[97], shares);

        Assert.Equal([0.25, 0.25, 0.25, 0.25], shares);
    }

    [SharedDataFact("models/mlnet")]
    public void Open_PipelineColumns_AreNamedAsInputs()
    {
        var taxi = ModelReader.Open(SharedData.File("models", "mlnet", "fasttree_reg_taxi_500x57.zip"));

        Assert.Equal(
            ["VendorId", "PaymentType", "RateCode", "PassengerCount", "TripTime", "TripDistance"],
            taxi.Inputs!.Columns.Select(column => column.Name));
        Assert.Equal([true, true, false, false, false, false], taxi.Inputs.Columns.Select(column => column.IsText));
        Assert.Equal(["VendorId.CMT", "VendorId.VTS", "PaymentType.CRD"], taxi.FeatureNames.Take(3));
    }

    [SharedDataFact("models/mlnet_true/churn_ft_onehot_catsplit_100x20.zip")]
    public void Read_MutatedArchives_ModelOrModelFormatException()
    {
        byte[] good = File.ReadAllBytes(SharedData.File("models", "mlnet_true", "churn_ft_onehot_catsplit_100x20.zip"));
        Fuzz.Run(good, seed: 1, count: 150, bytes => ModelReader.Read("fuzz.zip", bytes));
    }

    [SharedDataFact("models/mlnet_true/churn_ft_onehot_catsplit_100x20.zip")]
    public void Read_ArchivesWithOneMutatedEntry_ModelOrModelFormatException()
    {
        var random = new Random(3);
        byte[] good = File.ReadAllBytes(SharedData.File("models", "mlnet_true", "churn_ft_onehot_catsplit_100x20.zip"));
        for (int i = 0; i < 150; i++)
        {
            byte[] bytes = WithOneMutatedEntry(good, random);
            try
            {
                ModelReader.Read("fuzz.zip", bytes);
            }
            catch (ModelFormatException)
            {
            }
        }
    }

    [SharedDataFact("models/mlnet_census")]
    public void Scores_MlNetsOwnTestTrees_AsItsTestsPrint()
    {
        foreach (string file in Directory.GetFiles(SharedData.File("models", "mlnet_census")))
        {
            using var stream = FloatCsv.Open(file);
            using var json = JsonDocument.Parse(stream.ReadToEnd());
            var model = new TreeModel(CensusTrees.Read(json.RootElement));
            var rows = json.RootElement.GetProperty("X").EnumerateArray().Select(row => row.EnumerateArray().Select(x => x.GetSingle()).ToArray());
            foreach (var (row, i) in rows.Select((row, i) => (row, i)))
            {
                double score = json.RootElement.GetProperty("score")[i].GetDouble();
                Assert.InRange(model.Score(row), score - (2e-6 * Math.Abs(score)), score + (2e-6 * Math.Abs(score)));
                Assert.Equal(json.RootElement.GetProperty("probability")[i].GetDouble(), model.Probability(row), 2e-6);
            }
        }
    }

    [SharedDataFact("models/mlnet_true/churn_ft_onehot_catsplit_100x20.zip")]
    public void Read_MutatedTrees_ModelOrModelFormatException()
    {
        byte[] good = Entry("churn_ft_onehot_catsplit_100x20.zip", "TransformerChain/Transform_004/Model/Predictor/Model.key");
        Fuzz.Run(good, seed: 2, count: 1500, bytes => MlNetTreeReader.Read(new ModelKey("fuzz", bytes), 0));
    }

    private static void SameBitsAsMlNet(string name, string rows)
    {
        var model = ModelReader.Open(SharedData.File("models", "mlnet_true", name + ".zip"));
        var lines = Lines(rows);
        var expected = Lines(name + ".expected.csv.gz");
        string[] header = lines[0];
        int[] columns = model.Inputs!.Columns.Select(column => Array.IndexOf(header, column.Name)).ToArray();
        var features = new float[model.FeatureNames.Count];
        Assert.Equal(2001, lines.Length);
        for (int row = 1; row < lines.Length; row++)
        {
            string[] texts = columns.Select(column => lines[row][column]).ToArray();
            float[] numbers = texts.Select((text, i) => model.Inputs.Columns[i].IsText ? 0 : Number(text)).ToArray();
            model.Inputs.Apply(numbers, texts, features);

            Assert.Equal(Number(expected[row][2]), model.Score(features));
            Assert.Equal(Number(expected[row][3]), model.Probability(features));
        }
    }

    private static void SameAsIndependentReader(string file)
    {
        var model = ModelReader.Open(SharedData.File("models", "mlnet", file));
        using var stream = FloatCsv.Open(SharedData.File("models", "mlnet", file + ".expected.json.gz"));
        using var json = JsonDocument.Parse(stream.ReadToEnd());
        var expected = json.RootElement.GetProperty("ensembles")[0];
        Assert.Equal(expected.GetProperty("numFeatures").GetInt32(), model.FeatureNames.Count);
        Assert.Equal(expected.GetProperty("trees").GetInt32(), model.Ensemble.Trees.Count);
        var leaves = new int[model.Ensemble.Trees.Count];
        foreach (var row in expected.GetProperty("rows").EnumerateArray())
        {
            var features = new float[model.FeatureNames.Count];
            foreach (var value in row.GetProperty("sparse").EnumerateObject())
            {
                features[int.Parse(value.Name, CultureInfo.InvariantCulture)] =
                    value.Value.ValueKind == JsonValueKind.String ? float.NaN : value.Value.GetSingle();
            }

            model.Leaves(features, leaves);
            int[] wanted = row.GetProperty("leaves").EnumerateArray().Select(leaf => leaf.GetInt32()).ToArray();
            Assert.Equal(wanted, leaves.Take(wanted.Length));
            Assert.Equal((float)row.GetProperty("sumDouble").GetDouble(), model.Score(features));
            if (row.TryGetProperty("probability", out var probability))
            {
                Assert.Equal((float)probability.GetDouble(), model.Probability(features));
            }
            else
            {
                double score = row.GetProperty("score").GetDouble();
                Assert.InRange(model.Probability(features), score - Math.Abs(1e-6 * score), score + Math.Abs(1e-6 * score));
            }
        }
    }

    private static string[][] Lines(string file)
    {
        using var reader = FloatCsv.Open(SharedData.File("models", "mlnet_true", file));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToArray();
    }

    private static float Number(string text) => text.Length == 0 ? float.NaN : float.Parse(text, CultureInfo.InvariantCulture);

    private static byte[] Entry(string archive, string name)
    {
        using var zip = ZipFile.OpenRead(SharedData.File("models", "mlnet_true", archive));
        using var entry = zip.GetEntry(name)!.Open();
        using var memory = new MemoryStream();
        entry.CopyTo(memory);
        return memory.ToArray();
    }

    private static byte[] WithOneMutatedEntry(byte[] archive, Random random)
    {
        using var source = new ZipArchive(new MemoryStream(archive));
        using var target = new MemoryStream();
        int chosen = random.Next(source.Entries.Count);
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (entry, i) in source.Entries.Select((entry, i) => (entry, i)))
            {
                using var from = entry.Open();
                using var memory = new MemoryStream();
                from.CopyTo(memory);
                using var to = zip.CreateEntry(entry.FullName, CompressionLevel.NoCompression).Open();
                to.Write(i == chosen ? Mutation.Of(memory.ToArray(), random) : memory.ToArray());
            }
        }

        return target.ToArray();
    }
}
