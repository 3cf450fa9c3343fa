using System.Globalization;
using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles.LightGbm;

/// <summary>The objective under which LightGBM applies a link; its name says nothing else of how the trees were trained.</summary>
internal static class LightGbmObjective
{
    /// <returns>Null for raw scores of several outputs, which are written without an objective.</returns>
    /// <exception cref="ConversionException">No objective has this link.</exception>
    public static string? Of(TreeEnsemble ensemble)
    {
        int outputs = ensemble.OutputCount;
        return ensemble.Link switch
        {
            IdentityLink => outputs == 1 ? "regression" : null,
            ExponentialLink when outputs == 1 => "poisson",
            SoftmaxLink => $"multiclass num_class:{outputs}",
            LogisticLink link => Logistic(link, outputs),
            OneVersusAllLink { Normalises: false } all when all.Links.Distinct().ToArray() is [LogisticLink link] => Logistic(link, outputs),
            _ => throw new ConversionException(LightGbmWriter.Target, $"it has no objective with the link {ensemble.Link.GetType().Name}"),
        };
    }

    private static string Logistic(LogisticLink link, int outputs)
    {
        if (link.Offset != 0 || !(link.Slope > 0))
        {
            throw new ConversionException(
                LightGbmWriter.Target,
                $"a calibration with slope {Number(link.Slope)} and offset {Number(link.Offset)} is more than its sigmoid parameter");
        }

        return outputs == 1 ? $"binary sigmoid:{Number(link.Slope)}" : $"multiclassova num_class:{outputs} sigmoid:{Number(link.Slope)}";
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
