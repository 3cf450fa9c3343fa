using WinBack.Cli.EventFiles;
using WinBack.V1;

namespace WinBack.Cli.PolicyLogs;

/// <summary>What came of decisions, from an event file of outcomes: conversions that name the decision.</summary>
internal sealed class RewardTable
{
    private const double Micros = 1_000_000;
    private readonly Dictionary<string, List<(string EventId, DateTimeOffset Time, double Revenue)>> _conversions = new(StringComparer.Ordinal);

    /// <summary>UTC; of the latest outcome.</summary>
    internal DateTimeOffset LastTime { get; private set; }

    /// <exception cref="BadInputException">The file cannot be read.</exception>
    internal static RewardTable Read(string path)
    {
        var table = new RewardTable();
        using EventFileReader file = EventFileReader.Open(path, "--outcomes");
        while (file.TryRead(out CustomerEvent e)) table.Add(e);
        return table;
    }

    internal double Of(string decision, DateTimeOffset decideTime, TimeSpan window, RewardKind kind)
    {
        if (!_conversions.TryGetValue(decision, out List<(string EventId, DateTimeOffset Time, double Revenue)>? conversions)) return 0;
        double revenue = 0;
        bool isAny = false;
        foreach ((_, DateTimeOffset time, double one) in conversions.DistinctBy(conversion => conversion.EventId))
        {
            if (time < decideTime || time - decideTime > window) continue;
            isAny = true;
            revenue += one;
        }

        return kind == RewardKind.Revenue ? revenue : isAny ? 1 : 0;
    }

    private void Add(CustomerEvent e)
    {
        if (e.PayloadCase != CustomerEvent.PayloadOneofCase.Outcome) return;
        DateTimeOffset time = e.EventTime.ToDateTimeOffset();
        if (time > LastTime) LastTime = time;
        if (e.Outcome.Kind != OutcomeEvent.Types.Kind.Converted) return;
        if (!_conversions.TryGetValue(e.Outcome.DecisionId, out List<(string EventId, DateTimeOffset Time, double Revenue)>? conversions))
            _conversions.Add(e.Outcome.DecisionId, conversions = []);
        conversions.Add((e.EventId, time, (e.Outcome.Revenue?.AmountMicros ?? 0) / Micros));
    }
}
