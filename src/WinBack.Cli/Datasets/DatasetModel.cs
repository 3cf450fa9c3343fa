using System.Globalization;
using WinBack.Core.State;

namespace WinBack.Cli.Datasets;

/// <summary>A validated order for a training table.</summary>
/// <param name="Cuts">
/// Instants (UTC, ascending) as of which rows are made: features from events before, labels from events at or after.
/// </param>
/// <param name="Horizon">Length of the time that a label looks at: cut &lt;= event time &lt; cut + horizon.</param>
/// <param name="Lapse">
/// Silence that makes a customer lapsed. Win-back has rows of customers silent for longer; churn of those silent for at most
/// as long, or of all when it is null.
/// </param>
/// <param name="Until">Events at or after this instant are not read at all; null for no such limit.</param>
internal sealed record DatasetModel(
    DatasetTask Task, IReadOnlyList<DateTimeOffset> Cuts, TimeSpan Horizon, TimeSpan? Lapse, DateTimeOffset? Until)
{
    /// <summary>Whether a customer has a row at a cut.</summary>
    /// <param name="state">As of the cut.</param>
    internal bool Includes(CustomerState state, DateTimeOffset cut)
    {
        if (state.Instants[Instant.LastActivity] is not { } lastActivityMs) return false;
        TimeSpan silence = TimeSpan.FromMilliseconds(cut.ToUnixTimeMilliseconds() - lastActivityMs);
        return Task == DatasetTask.WinBack ? silence > Lapse : Lapse is null || silence <= Lapse;
    }

    /// <param name="state">As of cut + horizon: it holds every event before that instant and none from it on.</param>
    internal bool LabelOf(CustomerState state, DateTimeOffset cut)
    {
        bool isActive = state.Instants[Instant.LastActivity] >= cut.ToUnixTimeMilliseconds();
        return Task == DatasetTask.WinBack ? isActive : !isActive;
    }

    internal string DescribeLabel()
    {
        string within = Days(Horizon);
        return Task == DatasetTask.WinBack
            ? $"1: a customer silent for more than {Days(Lapse!.Value)} days is active again within {within} days"
            : $"1: the customer does nothing of its own will within {within} days";
    }

    private static string Days(TimeSpan length) => length.TotalDays.ToString(CultureInfo.InvariantCulture);
}
