namespace WinBack.Cli.Models;

/// <summary>What <c>winback model score</c> prints of a row.</summary>
internal enum ScoreOutput
{
    /// <summary>The sum of the leaves: log-odds for a binary model.</summary>
    Raw,

    /// <summary>The score after the model's link and calibration: a probability, or the mean of a model that predicts amounts.</summary>
    Probability,

    /// <summary>The leaf reached in each tree, numbered as the model's source numbers them.</summary>
    Leaf,
}
