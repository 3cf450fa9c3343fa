using WinBack.Core.Events;

namespace WinBack.Core.Models;

/// <summary>Adds up how a challenger's predictions differ from the champion's. Bounded; not thread-safe.</summary>
public sealed class ScoreComparison
{
    /// <summary>Pairs kept for the rank correlation.</summary>
    public const int Kept = 2_000;

    /// <summary>Probabilities further apart than this are a disagreement: a tenth moves a customer between most rules.</summary>
    public const double Apart = 0.1;

    private static readonly int Tiers = Enum.GetValues<ValueTier>().Length;
    private readonly Sums[] _sums = new Sums[Tiers];
    private readonly double[] _champion = new double[Kept];
    private readonly double[] _challenger = new double[Kept];
    private long _added;

    public void Add(ValueTier tier, double champion, double challenger)
    {
        double delta = challenger - champion;
        ref Sums sums = ref _sums[(int)tier];
        sums.Requests++;
        sums.Delta += delta;
        sums.AbsoluteDelta += Math.Abs(delta);
        if (Math.Abs(delta) > Apart) sums.Disagreements++;
        int at = (int)(_added++ % Kept);
        (_champion[at], _challenger[at]) = (champion, challenger);
    }

    public ShadowReading Read()
    {
        int kept = (int)Math.Min(_added, Kept);
        var segments = new List<ShadowSegment>(Tiers + 1);
        Sums all = default;
        for (int tier = 0; tier < Tiers; tier++)
        {
            Sums sums = _sums[tier];
            if (sums.Requests == 0) continue;
            segments.Add(sums.Of((ValueTier)tier));
            all = all.Plus(sums);
        }

        segments.Insert(0, all.Of(null));
        return new ShadowReading(RankCorrelation.Of(_champion.AsSpan(0, kept), _challenger.AsSpan(0, kept)), segments);
    }

    private record struct Sums(long Requests, double Delta, double AbsoluteDelta, long Disagreements)
    {
        internal readonly Sums Plus(Sums other) => new(
            Requests + other.Requests, Delta + other.Delta, AbsoluteDelta + other.AbsoluteDelta, Disagreements + other.Disagreements);

        internal readonly ShadowSegment Of(ValueTier? tier)
        {
            double count = Math.Max(1, Requests);
            return new ShadowSegment(tier, Requests, Delta / count, AbsoluteDelta / count, Disagreements / count);
        }
    }
}
