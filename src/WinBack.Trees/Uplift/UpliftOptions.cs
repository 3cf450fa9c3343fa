using System.ComponentModel.DataAnnotations;
using WinBack.Trees.Training;

namespace WinBack.Trees.Uplift;

/// <summary>Settings of <see cref="UpliftTrainer"/>.</summary>
public sealed class UpliftOptions
{
    public const string Section = "Uplift";

    public MetaLearner Learner { get; set; } = MetaLearner.DR;

    /// <summary>Of the outcome models; the objective follows the outcome (logistic for 0 and 1, else squared error).</summary>
    public TrainingOptions Outcome { get; set; } = new()
    {
        Rounds = 100, Leaves = 8, LearningRate = 0.05, MinRowsPerLeaf = 200, L2 = 10,
    };

    /// <summary>Of the models of effects, always squared error. Effects are smaller than outcomes, so the trees are too.</summary>
    public TrainingOptions Effect { get; set; } = new()
    {
        Rounds = 50, Leaves = 4, LearningRate = 0.05, MinRowsPerLeaf = 500, L2 = 10,
    };

    /// <summary>Parts of the rows for cross-fitting: each is predicted by models that have not seen it. Default 5; 2 to 20.</summary>
    [Range(2, 20)]
    public int Folds { get; set; } = 5;

    /// <summary>
    /// Estimated propensities are kept this far from 0, so that no row weighs more than its inverse. Default 0.02; 0.001 to 0.2.
    /// </summary>
    [Range(0.001, 0.2)]
    public double MinPropensity { get; set; } = 0.02;

    /// <summary>Chooses the folds.</summary>
    public ulong Seed { get; set; } = 1;

    /// <summary>Every fault of the settings, each naming the option; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true);
        return [.. results.Select(result => result.ErrorMessage ?? ""), .. Outcome.Validate(), .. Effect.Validate()];
    }
}
