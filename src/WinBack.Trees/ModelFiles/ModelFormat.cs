namespace WinBack.Trees.ModelFiles;

/// <summary>Where a model was read from.</summary>
public enum ModelFormat
{
    /// <summary>A model directory of ours, or straight from training.</summary>
    WinBack = 0,

    /// <summary>An ML.NET .zip.</summary>
    MlNet = 1,

    /// <summary>LightGBM text.</summary>
    LightGbm = 2,

    /// <summary>XGBoost JSON.</summary>
    XgboostJson = 3,

    /// <summary>XGBoost universal binary JSON.</summary>
    XgboostUbj = 4,

    /// <summary>ONNX with one tree ensemble.</summary>
    Onnx = 5,
}
