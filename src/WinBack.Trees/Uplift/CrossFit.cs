using WinBack.Trees.Ensemble;
using WinBack.Trees.ModelFiles;
using WinBack.Trees.Training;

namespace WinBack.Trees.Uplift;

/// <summary>Predictions for rows by models that have not seen them.</summary>
internal static class CrossFit
{
    /// <summary>The fold of every row, folds of equal size.</summary>
    public static int[] Folds(int rows, int folds, ulong seed)
    {
        int[] order = Enumerable.Range(0, rows).ToArray();
        new SeededSequence(seed).Shuffle(order);
        var foldOf = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            foldOf[order[i]] = i % folds;
        }

        return foldOf;
    }

    /// <summary>Out-of-fold predictions of every row of a table.</summary>
    /// <param name="learnsFrom">Which rows may be learnt from (those of one arm, say); every row is predicted.</param>
    /// <param name="train">From row numbers to a model.</param>
    public static double[] Predict(
        TreatmentTable table, int[] foldOf, int folds, Func<int, bool> learnsFrom, Func<int[], TreeEnsemble> train)
    {
        var predictions = new double[table.RowCount];
        var features = new float[table.FeatureCount];
        for (int fold = 0; fold < folds; fold++)
        {
            int[] others = Enumerable.Range(0, table.RowCount).Where(row => foldOf[row] != fold && learnsFrom(row)).ToArray();
            var model = new TreeModel(train(others));
            for (int row = 0; row < predictions.Length; row++)
            {
                if (foldOf[row] == fold)
                {
                    table.CopyRow(row, features);
                    model.Predict(features, predictions.AsSpan(row, 1));
                }
            }
        }

        return predictions;
    }
}
