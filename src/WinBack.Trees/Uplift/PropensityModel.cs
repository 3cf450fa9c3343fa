using WinBack.Trees.Training;

namespace WinBack.Trees.Uplift;

/// <summary>Estimates how likely each row was to be given each arm, for history that nobody decided by lot.</summary>
/// <remarks>
/// One model per arm, out of fold, then divided by their sum. What was not written down and moved both the choice of the arm
/// and the outcome stays in the estimate of an effect: only an experiment takes it out.
/// </remarks>
public static class PropensityModel
{
    /// <summary>The table with estimated propensities.</summary>
    public static TreatmentTable Estimate(TreatmentTable table, UpliftOptions options)
    {
        int[] foldOf = CrossFit.Folds(table.RowCount, options.Folds, options.Seed);
        var training = options.Outcome with { Objective = TrainingObjective.Logistic };
        var byArm = new double[table.ArmCount][];
        for (int arm = 0; arm < table.ArmCount; arm++)
        {
            int given = arm;
            byArm[arm] = CrossFit.Predict(table, foldOf, options.Folds, _ => true, rows =>
                GradientBoostingTrainer.TrainEnsemble(table.ToTraining(rows, Given(table, rows, given)), training));
        }

        var propensities = Enumerable.Range(0, table.ArmCount).Select(_ => new float[table.RowCount]).ToArray();
        for (int row = 0; row < table.RowCount; row++)
        {
            double sum = byArm.Sum(column => Math.Max(options.MinPropensity, column[row]));
            for (int arm = 0; arm < byArm.Length; arm++)
            {
                propensities[arm][row] = (float)(Math.Max(options.MinPropensity, byArm[arm][row]) / sum);
            }
        }

        return table.WithPropensities(propensities);
    }

    private static float[] Given(TreatmentTable table, int[] rows, int arm)
    {
        var labels = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            labels[i] = table.Arms[rows[i]] == arm ? 1 : 0;
        }

        return labels;
    }
}
