using System.CommandLine;
using WinBack.Cli.Training;
using WinBack.Trees.ModelFiles;

namespace WinBack.Cli.Models;

/// <summary><c>winback model score</c>: what a model of any known format says of each row of a CSV file.</summary>
internal static class ModelScoreCommand
{
    private const string Notes = """
        FILE is a model directory, or a file of ML.NET (.zip), LightGBM (text), XGBoost (JSON, UBJ) or ONNX, packed with gzip
        or not. One line is printed for each row: one value, or one for each output; with --output leaf one for each tree.
        The first line of the CSV names the columns; their order does not matter. Empty and NaN are missing values. With
        --no-header columns are taken by position.

        --map names a CSV file with the header model,column for columns that the table calls otherwise than the model.

        Examples:
          winback model score --model models/churn --input rows.csv
          winback model score --model lightgbm.txt --input rows.csv --no-header --output raw
          zcat rows.csv.gz | winback model score --model fasttree.zip --input - --map names.csv
        """;

    internal static Command Build()
    {
        var model = new Option<string>("--model") { Description = "Model directory or file.", Required = true };
        var input = new Option<string>("--input") { Description = "CSV file, packed with gzip or not; - is standard input.", Required = true };
        var output = new Option<string>("--output")
        {
            Description = "raw (before the link), probability (after it), or leaf.",
            DefaultValueFactory = _ => "probability",
        };
        output.AcceptOnlyFromAmong("raw", "probability", "leaf");
        var noHeader = new Option<bool>("--no-header") { Description = "The first line is a row; columns go by position." };
        var map = new Option<string>("--map") { Description = "CSV file with names of the model and of the table." };
        var command = new NotedCommand("score", "Scores the rows of a CSV file.", Notes) { model, input, output, noHeader, map };
        command.Validators.Add(result =>
        {
            if (result.GetValue(noHeader) && result.GetResult(map) is not null)
                result.AddError("--map needs the names in a header: leave out --no-header, or --map");
        });
        command.SetAction(parsed =>
        {
            TreeModel opened = ModelArgument.Open(parsed.GetRequiredValue(model), "--model");
            using ScoreTable table = ScoreTable.Open(
                parsed.GetRequiredValue(input),
                hasHeader: !parsed.GetValue(noHeader),
                opened,
                ReadMap(parsed.GetValue(map)),
                parsed.InvocationConfiguration.Error);
            var kind = Enum.Parse<ScoreOutput>(parsed.GetRequiredValue(output), ignoreCase: true);
            Score(opened, table, new ScoreLines(opened, kind, parsed.InvocationConfiguration.Output));
            return ExitCode.Ok;
        });
        return command;
    }

    /// <exception cref="BadInputException">The file is missing or no map.</exception>
    internal static ColumnNameMap ReadMap(string? path)
    {
        if (path is null) return ColumnNameMap.Empty;
        using InputFile file = InputFile.Open(path, "--map");
        using var text = new StreamReader(file.Stream);
        try
        {
            return ColumnNameMap.Parse(path, text.ReadToEnd());
        }
        catch (ModelFormatException broken)
        {
            throw new BadInputException($"--map {broken.Message}", broken);
        }
    }

    /// <summary>What was scored before a row that cannot be read is still printed.</summary>
    private static void Score(TreeModel model, ScoreTable table, ScoreLines lines)
    {
        float[] features = new float[model.FeatureNames.Count];
        try
        {
            while (table.Read(features)) lines.Write(features);
        }
        finally
        {
            lines.Flush();
        }
    }
}
