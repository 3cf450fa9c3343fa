using WinBack.Trees.Training;

namespace WinBack.Cli.Training;

/// <summary>Turns rounds into a share of the way and a line of words. Unlike Progress, calls at once and in order.</summary>
/// <param name="from">Share of the way that was done before.</param>
/// <param name="share">Share of the way that these rounds are.</param>
internal sealed class RoundReport(Action<double, string> report, double from, double share) : IProgress<TrainingProgress>
{
    private readonly long _start = TimeProvider.System.GetTimestamp();

    public void Report(TrainingProgress value)
    {
        TimeSpan left = TimeLeft.Of(TimeProvider.System.GetElapsedTime(_start), (double)value.Round / value.Rounds);
        string auc = double.IsNaN(value.ValidationAuc) ? "" : FormattableString.Invariant($" (AUC {value.ValidationAuc:F4})");
        string validation = double.IsNaN(value.ValidationLoss)
            ? ""
            : FormattableString.Invariant($", validation {value.ValidationLoss:F4}{auc}");
        report(
            from + (share * value.Round / value.Rounds),
            FormattableString.Invariant(
                $"round {value.Round} of {value.Rounds}, loss {value.TrainLoss:F4}{validation}, at most {TimeLeft.Text(left)} left"));
    }
}
