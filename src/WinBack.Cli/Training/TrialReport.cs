using WinBack.Trees.Training;

namespace WinBack.Cli.Training;

/// <summary>Turns trials of a search into a share of the way and a line of words.</summary>
/// <param name="trials">How many there will be.</param>
/// <param name="share">Share of the way that the search is; it comes first.</param>
internal sealed class TrialReport(Action<double, string> report, int trials, double share) : IProgress<SearchTrial>
{
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private double _best = double.PositiveInfinity;

    public void Report(SearchTrial value)
    {
        _best = Math.Min(_best, value.Result.MeanLoss);
        TimeSpan left = TimeLeft.Of(TimeProvider.System.GetElapsedTime(_start), (double)value.Number / trials);
        report(
            share * value.Number / trials,
            FormattableString.Invariant(
                $"trial {value.Number} of {trials}, loss {value.Result.MeanLoss:F4}, best {_best:F4}, about {TimeLeft.Text(left)} left"));
    }
}
