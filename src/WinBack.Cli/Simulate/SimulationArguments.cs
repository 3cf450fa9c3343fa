using System.CommandLine;
using System.Text;
using WinBack.Cli.Arguments;
using WinBack.Cli.EventFiles;
using WinBack.Cli.Replay;
using WinBack.Cli.Terminal;
using WinBack.Core.Decisions;
using WinBack.Core.Policy;

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

    internal void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_events, _days, _models, _from, _seed, _out]) command.Options.Add(option);
    }

    /// <exception cref="BadInputException">An option is wrong, or a file is no such file.</exception>
    internal async Task<int> RunAsync(ParseResult parsed, IReadOnlyList<PlaybookModel> playbooks, CancellationToken stop)
    {
        int count = parsed.GetValue(_days);
        if (count is < 1 or > 365) throw new BadInputException($"--days {count}: write 1 to 365");
        Scorer scorer = ServedModels.Load(parsed.GetRequiredValue(_models), "--models");
        EventFileSurvey survey = EventFileSurvey.Of(parsed.GetRequiredValue(_events), "--events");
        if (survey.Last is not { } last) throw new BadInputException("--events: there are none");
        DateTimeOffset start = parsed.GetValue(_from) ?? last.AddDays(1 - count);
        var runs = new List<SimulationTally>();
        foreach (PlaybookModel one in playbooks)
            runs.Add(await ProgressDisplay.Run($"Simulating {one.Version}", report =>
                new Simulation(one, scorer, parsed.GetRequiredValue(_seed)).RunAsync(survey.ReadInOrder(), start, count, report, stop)));
        Write(parsed.InvocationConfiguration.Output, runs);
        string path = parsed.GetRequiredValue(_out);
        using OutputFile file = OutputFile.Create(path, "--out");
        file.Stream.Write(Encoding.UTF8.GetBytes(SimulationReport.Write(runs, start)));
        file.Complete();
        parsed.InvocationConfiguration.Output.WriteLine($"Report: {path}");
        return ExitCode.Ok;
    }

    private static void Write(TextWriter text, IReadOnlyList<SimulationTally> runs)
    {
        text.WriteLine(string.Join(" against ", runs.Select(r => r.Playbook)));
        foreach ((string name, string[] values) in SimulationReport.Totals(runs)) text.WriteLine($"  {name}: {string.Join(" / ", values)}");
        foreach ((string title, _, var counts) in SimulationReport.Groups(runs))
        {
            text.WriteLine(title);
            foreach ((string key, long[] values) in SimulationReport.Rows(counts))
                text.WriteLine($"  {key}: {string.Join(" / ", values.Select(SimulationReport.Count))}");
        }
    }
}
