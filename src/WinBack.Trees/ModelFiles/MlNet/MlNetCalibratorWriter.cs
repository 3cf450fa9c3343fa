using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>Writes calibrators.</summary>
internal static class MlNetCalibratorWriter
{
    /// <returns>Null for links that are no calibration.</returns>
    public static byte[]? Write(Link link)
    {
        switch (link)
        {
            case LogisticLink logistic:
                var platt = new ModelKeyWriter(MlNetComponent.Platt);
                platt.Body.Write(0 - logistic.Slope);
                platt.Body.Write(0 - logistic.Offset);
                return platt.ToArray();
            case PiecewiseLink pieces:
                var isotonic = new ModelKeyWriter(MlNetComponent.Isotonic);
                isotonic.Body.Write(sizeof(float));
                isotonic.Body.Write(pieces.Mins.Length);
                for (int i = 0; i < pieces.Mins.Length; i++)
                {
                    Array.ForEach([pieces.Mins[i], pieces.Maxs[i], pieces.Values[i]], isotonic.Body.Write);
                }

                return isotonic.ToArray();
            case BinnedLink ranges:
                var naive = new ModelKeyWriter(MlNetComponent.Ranges);
                naive.Body.Write(sizeof(float));
                naive.Body.Write(ranges.RangeSize);
                naive.Body.Write(ranges.Min);
                naive.Array(ranges.Probabilities.ToArray());
                return naive.ToArray();
            default:
                return null;
        }
    }
}
