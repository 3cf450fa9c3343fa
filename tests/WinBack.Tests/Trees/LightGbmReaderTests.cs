using System.Text;
using WinBack.Trees.Ensemble;
using WinBack.Trees.ModelFiles;

namespace WinBack.Tests.Trees;

/// <summary>LightGBM's own files against its own predictions and leaves.</summary>
public sealed class LightGbmReaderTests
{
    [SharedDataFact("models/lightgbm")]
    public void Open_BinaryTrees_SameLeavesAsLightGbm()
    {
        var model = Open("leaves__lg_breast_cancer.txt.gz");
        float[][] rows = Rows("leaves__lg_breast_cancer_data.txt.gz", ' ');
        float[][] leaves = Rows("leaves__lg_breast_cancer_data_pred_leaves.txt.gz", ' ');
        var reached = new int[model.Ensemble.Trees.Count];
        Assert.Equal(rows.Length, leaves.Length);
        for (int row = 0; row < rows.Length; row++)
        {
            model.Leaves(rows[row], reached);
            Assert.Equal(leaves[row].Select(leaf => (int)leaf), reached);
        }
    }

    [SharedDataFact("models/lightgbm/leaves__lg_dart_breast_cancer.model.gz")]
    public void Open_Dart_SamePredictionsAsLightGbm() => SamePredictions(
        "leaves__lg_dart_breast_cancer.model.gz", "leaves__breast_cancer_test.tsv.gz", "leaves__lg_dart_breast_cancer_true_predictions.txt.gz", '\t');

    [SharedDataFact("models/lightgbm")]
    public void Open_PoissonWithCategories_SamePredictionsAsLightGbm() => SamePredictions(
        "leaves__genlin_fmtp_poisson_Frequency.model.gz",
        "leaves__genlin_fmtp_poisson_Frequency_features.tsv.gz",
        "leaves__genlin_fmtp_poisson_Frequency_true_predictions.txt.gz",
        '\t');

    [SharedDataFact("models/lightgbm")]
    public void Open_Multiclass_SameScoresAsLightGbm() => SamePredictions(
        "leaves__lg_kddcup99.model.gz", "leaves__kddcup99_test.tsv.gz", "leaves__lg_kddcup99_true_predictions.txt.gz", '\t', raw: true);

    [SharedDataFact("models/lightgbm/lleaves__mixed_categorical.txt.gz")]
    public void Open_MixedCategories_ReadsTheSets()
    {
        var tree = Open("lleaves__mixed_categorical.txt.gz").Ensemble.Trees[0];

        Assert.Equal([6f, 8f, 9f], tree.Sets[0].Values.ToArray());
        Assert.Equal([1f, 2f, 3f, 4f], tree.Sets[1].Values.ToArray());
    }

    [SharedDataFact("models/lightgbm/lleaves__mixed_categorical.txt.gz")]
    public void Read_MutatedFile_ModelOrModelFormatException() => Fuzz.Run(
        Gunzip.File(SharedData.File("models", "lightgbm", "lleaves__mixed_categorical.txt.gz")),
        seed: 1,
        count: 3000,
        bytes => ModelReader.Read("fuzz", bytes));

    [Theory]
    [InlineData(0, 0.1, float.NaN, true)]
    [InlineData(0, -0.1, float.NaN, false)]
    [InlineData(2, -0.1, float.NaN, false)]
    [InlineData(8, -0.1, float.NaN, false)]
    [InlineData(10, -0.1, float.NaN, true)]
    [InlineData(6, -0.1, 0f, true)]
    [InlineData(4, 0.1, 1e-36f, false)]
    [InlineData(6, -0.1, float.NaN, true)]
    [InlineData(0, 0.1, 0.1f, false)]
    public void Read_EveryKindOfMissing_GoesAsLightGbm(int decision, double threshold, float value, bool goesLeft)
    {
        // 0.1 as float is above 0.1 as double, so it goes right.
        var model = Read(Text("regression", decision, threshold));

        Assert.Equal(goesLeft ? 1f : 2f, model.Score([value]));
    }

    [Theory]
    [InlineData("binary sigmoid:2", typeof(LogisticLink))]
    [InlineData("tweedie tweedie_variance_power:1.5", typeof(ExponentialLink))]
    [InlineData("lambdarank", typeof(IdentityLink))]
    public void Read_Objective_BecomesTheLink(string objective, Type link) =>
        Assert.IsType(link, Read(Text(objective, 2, 0.5)).Ensemble.Link);

    [Theory]
    [InlineData("regression sqrt")]
    [InlineData("unheard_of")]
    public void Read_UnknownObjective_IsRefusedByName(string objective)
    {
        var error = Assert.Throws<ModelFormatException>(() => Read(Text(objective, 2, 0.5)));

        Assert.Contains(objective, error.Message, StringComparison.Ordinal);
    }

    private static TreeModel Read(string text) => ModelReader.Read("test.txt", Encoding.UTF8.GetBytes(text));

    private static string Text(string objective, int decision, double threshold) => FormattableString.Invariant($"""
        tree
        version=v4
        num_tree_per_iteration=1
        max_feature_idx=0
        objective={objective}
        feature_names=x

        Tree=0
        num_leaves=2
        num_cat=0
        split_feature=0
        threshold={threshold}
        decision_type={decision}
        left_child=-1
        right_child=-2
        leaf_value=1 2

        end of trees
        """);

    private static void SamePredictions(string file, string input, string expected, char separator, bool raw = false)
    {
        var model = Open(file);
        float[][] rows = Rows(input, separator);
        using var reader = FloatCsv.Open(SharedData.File("models", "lightgbm", expected));
        string[] lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var found = new double[model.Ensemble.OutputCount];
        Assert.Equal(rows.Length, lines.Length);
        for (int row = 0; row < rows.Length; row++)
        {
            if (raw)
            {
                model.RawScores(rows[row], found);
            }
            else
            {
                model.Predict(rows[row], found);
            }

            double[] wanted = lines[row].Split('\t').Select(value => double.Parse(value, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            Assert.Equal(wanted.Length, found.Length);
            Assert.All(found.Zip(wanted), pair => Assert.Equal(pair.Second, pair.First, 1e-6 * Math.Abs(pair.Second)));
        }
    }

    private static TreeModel Open(string file) => ModelReader.Open(SharedData.File("models", "lightgbm", file));

    private static float[][] Rows(string file, char separator) => FloatCsv.ReadRows(SharedData.File("models", "lightgbm", file), separator);
}
