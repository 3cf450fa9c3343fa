using WinBack.Trees.Ensemble;
using WinBack.Trees.ModelFiles;

namespace WinBack.Cli.Models;

/// <summary>Formats, links and calibrations in words.</summary>
internal static class LinkText
{
    internal static string OfFormat(ModelFormat format) => format switch
    {
        ModelFormat.WinBack => "WinBack model directory",
        ModelFormat.MlNet => "ML.NET .zip",
        ModelFormat.LightGbm => "LightGBM text",
        ModelFormat.XgboostJson => "XGBoost JSON",
        ModelFormat.XgboostUbj => "XGBoost UBJ",
        ModelFormat.Onnx => "ONNX",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "no such format"),
    };

    internal static string OfLink(Link link) => link switch
    {
        IdentityLink => "none: the score is the prediction",
        LogisticLink => "logistic: a probability",
        ExponentialLink => "exp: the mean of counts or amounts",
        SoftmaxLink => "softmax: class shares",
        PiecewiseLink or BinnedLink => "calibration: a probability",
        OneVersusAllLink all => all.Normalises ? "one versus all, divided by their sum: class shares" : "one versus all",
        _ => throw new ArgumentOutOfRangeException(nameof(link), link, "no such link"),
    };

    internal static string OfCalibration(Link link) => link switch
    {
        LogisticLink own when own != new LogisticLink() => FormattableString.Invariant($"Platt: slope {own.Slope:R}, offset {own.Offset:R}"),
        PiecewiseLink pieces => $"isotonic: {pieces.Values.Length} pieces",
        BinnedLink ranges => $"by ranges: {ranges.Probabilities.Length} of equal width",
        OneVersusAllLink all => "by class: " + string.Join("; ", all.Links.Select(OfCalibration).Distinct()),
        _ => "none",
    };
}
