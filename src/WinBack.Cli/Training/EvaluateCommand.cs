using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using WinBack.Trees.Metrics;
using WinBack.Trees.ModelFiles;
using WinBack.Trees.Training;

namespace WinBack.Cli.Training;

/// <summary><c>winback evaluate</c>: how a model does on a table.</summary>
internal static class EvaluateCommand
{
    private const string Notes = """
        Judge a model on rows later than all it was trained on. Prints AUC, log-loss, Brier score, a calibration table with
        its mean error, and the lift by tenths; for a model of means the errors and the Gini coefficient.

        Examples:
          winback evaluate --model models/churn --data out/churn-test.csv
          winback evaluate --model models/churn --data out/churn-test.csv --json > churn.json
        """;

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    internal static Command Build()
    {
        var model = new Option<string>("--model") { Description = "Model directory.", Required = true };
        var data = new Option<string>("--data")
        {
            Description = "Table with labels, as 'winback dataset' writes it.", Required = true,
        };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var columns = new TableArguments();
        var command = new NotedCommand("evaluate", "Judges a model on a table.", Notes) { model, data, json };
        columns.AddTo(command);
        command.SetAction(parsed =>
        {
            TreeModel trees = ModelArgument.OverColumns(ModelArgument.Open(parsed.GetRequiredValue(model), "--model"), "--model");
            TableFile table = TableFile.Read(parsed.GetRequiredValue(data), "--data", columns.Read(parsed, trees));
            TextWriter text = parsed.InvocationConfiguration.Output;
            if (!trees.Ensemble.Link.GivesProbabilities)
            {
                ModelMetrics means = GradientBoostingTrainer.Judge(trees.Ensemble, TableOrder.As(table, trees.Ensemble));
                if (parsed.GetValue(json)) text.WriteLine(JsonSerializer.Serialize(means.Figures.ToDictionary(), Json));
                else EvaluationText.Write(text, means);
                return ExitCode.Ok;
            }

            Evaluation evaluation = Evaluation.Of(trees.Ensemble, table);
            if (parsed.GetValue(json)) text.WriteLine(JsonSerializer.Serialize(evaluation, Json));
            else EvaluationText.Write(text, evaluation);
            return ExitCode.Ok;
        });
        return command;
    }
}
