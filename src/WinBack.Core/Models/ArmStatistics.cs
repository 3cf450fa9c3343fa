namespace WinBack.Core.Models;

/// <summary>What one arm of a rollout did on this node: errors, time of scoring, predictions. Bounded; not thread-safe.</summary>
public sealed class ArmStatistics
{
    private const int ScoreBins = 20;

    /// <summary>Four buckets for each doubling, from 1 ns on: within 19 %.</summary>
    private const int BucketsPerDoubling = 4;
    private const int TimeBuckets = 40 * BucketsPerDoubling;
    private readonly long[] _scores = new long[ScoreBins];
    private readonly long[] _times = new long[TimeBuckets];
    private double _sum;

    /// <summary>Failed ones included.</summary>
    public long Requests { get; private set; }

    /// <summary>Requests on which scoring failed.</summary>
    public long Errors { get; private set; }

    /// <summary>Shape [20]: predictions by twentieths.</summary>
    public ReadOnlySpan<long> Scores => _scores;

    /// <summary>0 before the first.</summary>
    public double MeanPrediction => Requests == Errors ? 0 : _sum / (Requests - Errors);

    public void AddError()
    {
        Requests++;
        Errors++;
    }

    /// <param name="prediction">0 to 1.</param>
    /// <param name="scoring">How long scoring took.</param>
    public void Add(double prediction, TimeSpan scoring)
    {
        Requests++;
        _sum += prediction;
        _scores[Math.Min(ScoreBins - 1, (int)(prediction * ScoreBins))]++;
        double doublings = Math.Log2(Math.Max(1, scoring.TotalNanoseconds));
        _times[Math.Min(TimeBuckets - 1, (int)(doublings * BucketsPerDoubling))]++;
    }

    /// <summary>
    /// How far the predictions of one arm would have to be moved, on average, to be those of the other (earth mover's
    /// distance, within half a bin): 0 to 1, in probability. 0 while one has none.
    /// </summary>
    public double ScoreDistance(ArmStatistics other)
    {
        double mine = Requests - Errors, others = other.Requests - other.Errors, ahead = 0, distance = 0;
        if (mine == 0 || others == 0) return 0;
        for (int bin = 0; bin < ScoreBins; bin++)
        {
            ahead += (_scores[bin] / mine) - (other._scores[bin] / others);
            distance += Math.Abs(ahead) / ScoreBins;
        }

        return distance;
    }

    /// <summary>Nine in ten requests were scored within this; zero before the first.</summary>
    public TimeSpan ScoringP90()
    {
        long seen = 0, wanted = (long)Math.Ceiling(0.9 * (Requests - Errors));
        for (int bucket = 0; bucket < TimeBuckets && wanted > 0; bucket++)
        {
            seen += _times[bucket];
            if (seen >= wanted) return TimeSpan.FromMicroseconds(Math.Pow(2, (bucket + 1.0) / BucketsPerDoubling) / 1_000);
        }

        return TimeSpan.Zero;
    }
}
