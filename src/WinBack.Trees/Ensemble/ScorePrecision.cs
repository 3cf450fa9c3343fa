namespace WinBack.Trees.Ensemble;

/// <summary>The number format in which leaf values are added up and handed to the link.</summary>
public enum ScorePrecision : byte
{
    /// <summary>The sum as it is (LightGBM, ours).</summary>
    Double = 0,

    /// <summary>The sum, rounded once to float at the end (ML.NET).</summary>
    Single = 1,

    /// <summary>Every addition is rounded to float, from the base score on (XGBoost, ONNX).</summary>
    SingleSums = 2,
}
