using System.CommandLine;
using WinBack.Cli.Terminal;
using WinBack.Cli.Training.Report;
using WinBack.Trees.ModelFiles;

namespace WinBack.Cli.Training;

/// <summary><c>winback train</c>: a table into a model directory.</summary>
internal static class TrainCommand
{
    private const string Notes = """
        Any CSV with a header will do: numbers, and text in the columns that --categorical names. The later rows validate:
        they choose the number of rounds and the calibration. Rows whose label looks into the validation time are left out
        of learning; how far labels look is read from the table's manifest, or said by --purge. With --search the settings
        are chosen by cross-validation on the learning rows, by time when rows have times. With --refit the model is then
        trained again on all rows for as many rounds, and not calibrated beyond that. Rows of --test choose nothing. The
        same table, options and seed give the same model, bit for bit. report.html beside the model shows how good it is.

        Examples:
          winback train --data out/churn.csv --out models/churn
          winback train --data out/churn.csv --valid-from 2011-06-04 --refit --test out/churn-test.csv --out models/churn
          winback train --data telco.csv --label Churn --positive Yes --leave-out customerID --categorical Contract,gender \
            --monotone tenure:- --search 20 --out models/telco
        """;

    private const string ReportFile = "report.html";

    internal static Command Build()
    {
        var data = new Option<string>("--data") { Description = "Table to learn from.", Required = true };
        var output = new Option<string>("--out")
        {
            Description = "Model directory to write; a model that is there is replaced.", Required = true,
        };
        var test = new Option<string?>("--test")
        {
            Description = "Table to judge the finished model on, later than all of --data.",
        };
        var card = new CardArguments();
        var columns = new TableArguments();
        var settings = new TrainingArguments();
        var command = new NotedCommand("train", "Trains a model from a table.", Notes) { data, output, test };
        card.AddTo(command);
        columns.AddTo(command);
        settings.AddTo(command);
        command.SetAction((parsed, stop) =>
        {
            TableColumns read = settings.Complete(parsed, columns.Read(parsed));
            TableFile file = TableFile.Read(parsed.GetRequiredValue(data), "--data", read);
            TableFile? judgedOn = parsed.GetValue(test) is { } path
                ? TableFile.Read(path, "--test", read with { Categories = file.Categories })
                : null;
            string directory = parsed.GetRequiredValue(output);
            TreeModel? champion = card.Champion(parsed);
            TrainingJob job = settings.Read(parsed, file);
            TrainedModel trained = ProgressDisplay.Run("Training", report => job.Run(report, stop));
            JudgedRows judged = JudgedRows.Of(file, judgedOn, trained, read.Segment);
            (string name, string? label, DateTimeOffset created) = card.Definition(parsed, directory);
            ModelCard made = new CardMaker(file, judgedOn, job, trained, judged).Make(name, label, created);
            made = card.Complete(parsed, made, trained, champion);
            ChampionComparison? comparison = champion is null ? null : ChampionComparison.Of(
                champion, judged, judgedOn ?? file, JudgedRows.RowsOf(judgedOn, trained));
            ReportContent report = ReportMaker.Make(made, trained, judged, comparison, job.IsRefit);
            return Task.FromResult(Finish(parsed.InvocationConfiguration.Output, directory, file, trained, report));
        });
        return command;
    }

    private static int Finish(TextWriter text, string directory, TableFile file, TrainedModel trained, ReportContent report)
    {
        ModelCard card = report.Card;
        ModelManifest manifest = ModelDirectory.Save(directory, trained.Ensemble, card, trained.GoldenRows);

        // What was written is read back as the service will read it: hash, golden rows and all.
        ModelArgument.Open(directory, "--out");
        File.WriteAllText(Path.Combine(directory, ReportFile), new ReportPage(report).Write());
        TrainingText.Write(text, file, trained, card);
        text.WriteLine(FormattableString.Invariant(
            $"{manifest.Trees} trees, {manifest.Leaves:N0} leaves, {manifest.GoldenRows} golden rows, {manifest.BinarySha256}"));
        text.WriteLine($"Wrote {directory}; see {Path.Combine(directory, ReportFile)}");
        return ExitCode.Ok;
    }
}
