namespace WinBack.Trees.Training;

/// <summary>The loss that training makes small, and with it what the labels are and what the model predicts.</summary>
public enum TrainingObjective
{
    /// <summary>Labels 0 or 1; log-loss in nats; predicts the probability of 1.</summary>
    Logistic = 0,

    /// <summary>Any finite label; half the squared difference; predicts the mean.</summary>
    SquaredError = 1,

    /// <summary>Counts, 0 or more; half the Poisson deviance; predicts the mean, always above 0.</summary>
    Poisson = 2,

    /// <summary>Amounts, 0 or more with many zeros; half the Tweedie deviance; predicts the mean, always above 0.</summary>
    Tweedie = 3,
}
