using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Transforms;

namespace WinBack.MlNet;

/// <summary>The features side by side, missing values replaced by the column's mean, and FastTree with its Platt calibrator.</summary>
/// <remarks>
/// FastTree drops training rows with missing values, which is nearly all of them, so they are replaced first. WinBack reads the
/// column names out of the concatenation and moves the replacement into the trees. The sizes are those of models/churn.
/// </remarks>
internal static class ChurnPipeline
{
    private const string FeatureVector = "Features";

    public static IEstimator<ITransformer> Create(MLContext ml, IReadOnlyList<string> features)
    {
        var trainer = ml.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options
        {
            FeatureColumnName = FeatureVector,
            LabelColumnName = DatasetTable.Label,
            NumberOfTrees = 100,
            NumberOfLeaves = 8,
            MinimumExampleCountPerLeaf = 50,
            LearningRate = 0.05,
        });
        return ml.Transforms.Concatenate(FeatureVector, features.ToArray())
            .Append(ml.Transforms.ReplaceMissingValues(
                FeatureVector, replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean))
            .Append(trainer);
    }
}
