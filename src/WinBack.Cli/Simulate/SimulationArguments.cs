using System.CommandLine;
using System.Text;
using WinBack.Adapters.Playbooks;
using WinBack.Cli.Arguments;
using WinBack.Cli.EventFiles;
using WinBack.Cli.Policy;
using WinBack.Cli.Replay;
using WinBack.Cli.Terminal;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Updates;

namespace WinBack.Cli.Simulate;

/// <summary>Over what playbooks are run, and where the report goes; the same in every command that simulates.</summary>
internal sealed class SimulationArguments
{
    private readonly Option<string> _events = new("--events") { Description = "Event file.", Required = true };
    private readonly Option<int> _days = new("--days") { Description = "Days to run, 1 to 365.", DefaultValueFactory = _ => 45 };
    private readonly Option<string> _models = new("--models")
    {
        Description = "Folder with the models churn and winback.", DefaultValueFactory = _ => "models",
    };

    private readonly Option<DateTimeOffset?> _from = TimeArguments.Instant(
        "--from", "Instant of the first decisions. Default: so that the days end with the events.");

    private readonly Option<string> _seed = new("--seed") { Description = "Of everything drawn.", DefaultValueFactory = _ => "1" };
    private readonly Option<string> _out = new("--out") { Description = "Report to write.", DefaultValueFactory = _ => "report.html" };

    private readonly Option<string?> _updates = new("--updates")
    {
        Description = "Product updates, those to come included: a file with a ProductUpdate as JSON on each line, as on the catalogue topic.",
    };

    private readonly Option<TimeSpan?> _askEvery = TimeArguments.Duration(
        "--ask-every", "Longest time between two decisions about a customer, 1h to 30d. Default: 1d.");

    internal void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_events, _updates, _days, _askEvery, _models, _from, _seed, _out]) command.Options.Add(option);
    }

    /// <exception cref="BadInputException">An option is wrong, or a file is no such file.</exception>
    internal async Task<int> RunAsync(ParseResult parsed, IReadOnlyList<PlaybookFileResult> playbooks, CancellationToken stop)
    {
        EventFileSurvey survey = EventFileSurvey.Of(parsed.GetRequiredValue(_events), "--events");
        SimulationSetting setting = Setting(parsed, survey.Last ?? throw new BadInputException("--events: there are none"));
        var runs = new List<SimulationTally>();
        foreach (PlaybookModel one in playbooks.Select(p => p.Model!))
            runs.Add(await ProgressDisplay.RunAsync($"Simulating {one.Version}", report =>
                new Simulation(one, setting).RunAsync(survey.ReadInOrder(), report, stop)));
        var result = new SimulationResult(
            setting, runs, runs.Count > 1 ? PlaybookDifference.Of(playbooks[0].Config!, playbooks[1].Config!) : []);
        SimulationText.Write(parsed.InvocationConfiguration.Output, result);
        string path = parsed.GetRequiredValue(_out);
        using OutputFile file = OutputFile.Create(path, "--out");
        file.Stream.Write(Encoding.UTF8.GetBytes(SimulationReport.Write(result)));
        file.Complete();
        parsed.InvocationConfiguration.Output.WriteLine($"Report: {path}");
        return ExitCode.Ok;
    }

    private SimulationSetting Setting(ParseResult parsed, DateTimeOffset last)
    {
        int days = parsed.GetValue(_days);
        if (days is < 1 or > 365) throw new BadInputException($"--days {days}: write 1 to 365");
        TimeSpan longest = parsed.GetValue(_askEvery) ?? TimeSpan.FromDays(1);
        if (longest < TimeSpan.FromHours(1) || longest > TimeSpan.FromDays(30)) throw new BadInputException("--ask-every: write 1h to 30d");
        return new SimulationSetting(
            ServedModels.Load(parsed.GetRequiredValue(_models), "--models"),
            parsed.GetValue(_from) ?? last.AddDays(1 - days),
            days,
            longest,
            parsed.GetRequiredValue(_seed),
            parsed.GetValue(_updates) is { } path ? UpdateFile.Load(path, "--updates") : UpdateCatalogue.Empty);
    }
}
