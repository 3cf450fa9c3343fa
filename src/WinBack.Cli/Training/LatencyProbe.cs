using System.Runtime.InteropServices;
using WinBack.Trees.ModelFiles;

namespace WinBack.Cli.Training;

/// <summary>Measures how long the model takes for one row: many batches of distinct rows, one thread, after warming up.</summary>
internal static class LatencyProbe
{
    private const int Batches = 200;
    private const int BatchRows = 500;

    internal static MeasuredLatency Measure(TreeModel model, float[][] rows)
    {
        double[] nanoseconds = new double[Batches];
        double[] output = new double[model.Ensemble.OutputCount];
        int next = 0;
        for (int batch = -Batches / 4; batch < Batches; batch++)
        {
            long start = TimeProvider.System.GetTimestamp();
            for (int i = 0; i < BatchRows; i++)
            {
                model.Predict(rows[next], output);
                next = next + 1 == rows.Length ? 0 : next + 1;
            }

            if (batch >= 0) nanoseconds[batch] = TimeProvider.System.GetElapsedTime(start).TotalNanoseconds / BatchRows;
        }

        Array.Sort(nanoseconds);
        return new MeasuredLatency(
            Math.Round(nanoseconds[Batches / 2]),
            Math.Round(nanoseconds[Batches * 99 / 100]),
            Batches * BatchRows,
            $"{RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores");
    }
}
