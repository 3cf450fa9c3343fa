using System.CommandLine;
using WinBack.Trees.ModelFiles;
using WinBack.Trees.Uplift;

namespace WinBack.Cli.Uplift;

/// <summary><c>winback uplift evaluate</c>: what rankings and policies are worth on rows that training did not see.</summary>
internal static class UpliftEvaluateCommand
{
    private const string Notes = """
        Of the table that a model was trained on, only the rows held out count; of another table all rows. For each model: Qini,
        AUUC and uplift at --share, against the control. Then policies by value a row, after costs, with SNIPS and doubly
        robust estimates; the difference is to the best treatment given to everybody. Intervals hold 95 % of --draws
        resamplings. With one treatment and outcomes 0 and 1 also the incremental response rate (IRR) and the net incremental
        revenue (NIR).

        Examples:
          winback uplift evaluate --model out/uplift-t out/uplift-dr --data hillstrom.csv.gz
          winback uplift evaluate --model out/promo-dr --data training.csv.gz --value 10 --cost 0.15
        """;

    internal static Command Build()
    {
        var models = new Option<string[]>("--model")
        {
            Description = "Folders that 'winback uplift train' wrote; the outcome models of the first one serve the estimates.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var data = new Option<string>("--data") { Description = "Table, CSV or CSV in gzip.", Required = true };
        var value = Number("--value", "What one unit of outcome is worth.", 1);
        var cost = Number("--cost", "Of one treatment, in the same unit.", 0);
        var share = Number("--share", "Share of the rows that a budget allows to treat.", 0.3);
        var draws = new Option<int>("--draws") { Description = "Resamplings for the intervals.", DefaultValueFactory = _ => 200 };
        var command = new NotedCommand("evaluate", "Judges uplift models and policies.", Notes) { models, data, value, cost, share, draws };
        command.SetAction(parsed =>
        {
            string[] folders = parsed.GetRequiredValue(models);
            UpliftSettings settings = UpliftSettings.Load(folders[0], "--model");
            UpliftTableFile file = UpliftTableFile.Read(parsed.GetRequiredValue(data), "--data", settings);
            TreatmentTable rows = file.Settings.Sha256 == settings.Sha256 ? UpliftTrainCommand.Split(file).HeldOut : file.Table;
            var report = new UpliftReport(rows, parsed.GetValue(value), parsed.GetValue(cost), ShareOf(parsed.GetValue(share)))
            {
                Draws = parsed.GetValue(draws) is >= 0 and <= 100_000 and var count
                    ? count
                    : throw new BadInputException("--draws must be 0 to 100,000"),
            };
            foreach (string folder in folders) report.Add(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), Open(folder, settings));
            report.Write(parsed.InvocationConfiguration.Output);
            return ExitCode.Ok;
        });
        return command;
    }

    private static UpliftModel Open(string folder, UpliftSettings settings)
    {
        UpliftSettings own = UpliftSettings.Load(folder, "--model");
        if (own.Sha256 != settings.Sha256 || own.HoldOut != settings.HoldOut || own.Seed != settings.Seed || own.Outcome != settings.Outcome)
            throw new BadInputException($"--model {folder}: learnt from other rows or another outcome than the first model; evaluate it apart");
        try
        {
            return UpliftDirectory.Load(folder);
        }
        catch (ModelFormatException broken)
        {
            throw new BadInputException($"--model: {broken.Message}", broken);
        }
    }

    private static double ShareOf(double share) =>
        share is > 0 and <= 1 ? share : throw new BadInputException("--share must be above 0 and at most 1");

    private static Option<double> Number(string name, string description, double value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
