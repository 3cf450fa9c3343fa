using WinBack.Trees.Ensemble;
using WinBack.Trees.ModelFiles;

namespace WinBack.Tests.Trees;

/// <summary>XGBoost 1.7.4's own files against its own margins, predictions and leaves.</summary>
public sealed class XgboostReaderTests
{
    [SharedDataFact("models/xgboost")]
    public void Open_Binary_SameAsXgboost() => SameAsXgboost("gen_bin_d6_t100");

    [SharedDataFact("models/xgboost")]
    public void Open_MissingValuesAndBaseScore_SameAsXgboost() => SameAsXgboost("gen_bin_missing");

    [SharedDataFact("models/xgboost/gen_cat_onehot.json.gz")]
    public void Open_CategoricalSplits_SameAsXgboost() => SameAsXgboost("gen_cat_onehot");

    [SharedDataFact("models/xgboost/gen_cat_onehot.json.gz")]
    public void Read_MutatedFiles_ModelOrModelFormatException()
    {
        foreach (string ending in (string[])[".json.gz", ".ubj.gz"])
        {
            byte[] good = Gunzip.File(SharedData.File("models", "xgboost", "gen_cat_onehot" + ending));
            Fuzz.Run(good, seed: 1, count: 300, bytes => ModelReader.Read("fuzz", bytes));
        }
    }

    [Theory]
    [InlineData("\"5E-1\"", 0.0)]
    [InlineData("\"[5E-1]\"", 0.0)]
    [InlineData("\"[2.5E-1]\"", -1.0986123)]
    public void Read_BaseScoreInEverySpelling_IsALogit(string baseScore, double expected)
    {
        var model = Read(Document(baseScore: baseScore));

        Assert.Equal(expected, model.Ensemble.BaseScores[0], 6);
        Assert.IsType<LogisticLink>(model.Ensemble.Link);
    }

    [Fact]
    public void Read_Dart_LeavesAreWeighted()
    {
        string booster = """{"name":"dart","weight_drop":[0.5],"gbtree":{"name":"gbtree","model":""" + Model + "}}";

        var model = Read(Document(booster: booster));

        Assert.Equal(0.5 * 0.25f, model.Score([0]), 6);
        Assert.Equal(0.5 * -0.75f, model.Score([1]), 6);
    }

    [Fact]
    public void Read_SplitAtTheThreshold_GoesRight()
    {
        var model = Read(Document());

        Assert.Equal(0.25f, model.Score([0.4999f]));
        Assert.Equal(-0.75f, model.Score([0.5f]));
        Assert.Equal(-0.75f, model.Score([float.NaN]));
        var leaves = new int[1];
        model.Leaves([0.5f], leaves);
        Assert.Equal(2, leaves[0]);
    }

    [Theory]
    [InlineData("objective", "rank:unheard")]
    [InlineData("booster", "gblinear")]
    public void Read_Unknown_IsRefusedByName(string what, string name)
    {
        string document = what == "objective" ? Document(objective: name) : Document(booster: "{\"name\":\"" + name + "\"}");

        var error = Assert.Throws<ModelFormatException>(() => Read(document));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    private const string Model = """
        {"gbtree_model_param":{"num_trees":"1"},"tree_info":[0],"trees":[{
          "tree_param":{"size_leaf_vector":"0"},"left_children":[1,-1,-1],"right_children":[2,-1,-1],"split_indices":[0,0,0],
          "split_conditions":[0.5,0.25,-0.75],"default_left":[0,0,0],"split_type":[0,0,0]}]}
        """;

    private static string Document(string baseScore = "\"5E-1\"", string objective = "binary:logistic", string? booster = null)
    {
        booster ??= """{"name":"gbtree","model":""" + Model + "}";
        return $$"""
            {"version":[2,1,0],"learner":{"feature_names":[],"objective":{"name":"{{objective}}"},
             "learner_model_param":{"base_score":{{baseScore}},"num_class":"0","num_feature":"1","num_target":"1"},
             "gradient_booster":{{booster}} } }
            """;
    }

    private static TreeModel Read(string json) => ModelReader.Read("test.json", System.Text.Encoding.UTF8.GetBytes(json));

    private static void SameAsXgboost(string name)
    {
        foreach (string ending in (string[])[".json.gz", ".ubj.gz"])
        {
            var model = ModelReader.Open(SharedData.File("models", "xgboost", name + ending));
            float[][] rows = Plain(name + "_X");
            float[][] margins = Plain(name + "_margin");
            float[][] predictions = Plain(name + "_pred");
            float[][] leaves = Plain(name + "_leaf");
            var reached = new int[model.Ensemble.Trees.Count];
            Assert.Equal(rows.Length, margins.Length);
            for (int row = 0; row < rows.Length; row++)
            {
                model.Leaves(rows[row], reached);
                Assert.Equal(leaves[row].Select(leaf => (int)leaf), reached);
                Assert.Equal(margins[row][0], model.Score(rows[row]));
                Assert.Equal(predictions[row][0], model.Probability(rows[row]), 1e-6f);
            }
        }
    }

    private static float[][] Plain(string name) => FloatCsv.ReadRows(SharedData.File("models", "xgboost", name + ".csv.gz"), ',');
}
