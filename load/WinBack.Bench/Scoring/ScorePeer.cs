using System.Diagnostics;
using System.Globalization;
using WinBack.Trees.ModelFiles;
using WinBack.Trees.Scoring;

namespace WinBack.Bench.Scoring;

/// <summary>Scores the rows of a file by a model of any known format; load/peers/score_peers.py runs it beside the peers.</summary>
internal static class ScorePeer
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(1);

    /// <summary>Prints "name,ns a row" (processor time) of the fastest pass for each path, then "sum," and the sum of all raw scores.</summary>
    internal static void Run(string modelPath, string rowsPath, TextWriter text)
    {
        TreeModel model = ModelReader.Open(modelPath);
        int features = model.FeatureNames.Count;
        float[] rows = [.. File.ReadLines(rowsPath).SelectMany(line => line.Split(',')).Select(Number)];
        int count = rows.Length / features;
        foreach (ScoringPath path in Enum.GetValues<ScoringPath>().Where(path => path != ScoringPath.Automatic))
        {
            if (RowScorer.TryCreate(model.Ensemble, path) is not { } scorer) continue;
            Print(text, $"row {path}", count, () =>
            {
                double sum = 0;
                for (int at = 0; at < rows.Length; at += features) sum += scorer.RawScore(rows.AsSpan(at, features));
                return sum;
            });
        }

        foreach (ScoringPath path in (ScoringPath[])[ScoringPath.Portable, ScoringPath.Avx2, ScoringPath.Avx512])
        {
            var scorer = new BatchScorer([model.Ensemble], path);
            double[] scores = new double[count];
            if (scorer.Path == path) Print(text, $"batch {path}", count, () =>
            {
                scorer.RawScores(rows, scores);
                return scores[0];
            });
        }

        var chosen = RowScorer.Create(model.Ensemble);
        double total = 0;
        for (int at = 0; at < rows.Length; at += features) total += chosen.RawScore(rows.AsSpan(at, features));
        text.WriteLine(FormattableString.Invariant($"sum,{total:R}"));
    }

    private static void Print(TextWriter text, string name, int count, Func<double> pass)
    {
        double fastest = double.PositiveInfinity;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Span)
        {
            TimeSpan from = Environment.CpuUsage.TotalTime;
            pass();
            fastest = Math.Min(fastest, (Environment.CpuUsage.TotalTime - from).TotalNanoseconds / count);
        }

        text.WriteLine(FormattableString.Invariant($"{name},{fastest:0.0}"));
    }

    private static float Number(string text) => text.Length == 0 ? float.NaN : float.Parse(text, CultureInfo.InvariantCulture);
}
