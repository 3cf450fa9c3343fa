using System.CommandLine;
using WinBack.Cli.Training;
using WinBack.Trees.ModelFiles;

namespace WinBack.Cli.Models;

/// <summary><c>winback model convert</c>: the same model in the format of another tool, or in ours.</summary>
internal static class ModelConvertCommand
{
    private const string Notes = """
        Nothing is approximated: what the target cannot express is refused by name. After writing, the file is read back and
        both are compared on rows made around the model's thresholds. Raw scores may differ by the rounding of sums, because
        ONNX runtimes add up in float, LightGBM in double; the largest difference is printed.

        The output is a directory for winback and one file for the others. --map (CSV, header model,column) gives the input
        columns other names, for instance those of WinBack's features. A model that replaces missing values or scales its
        inputs keeps that for winback; --fold moves it into the trees, exactly, which is what the service wants.

        Examples:
          winback model convert fasttree.zip --to winback --output models/churn --fold --map names.csv
          winback model convert models/churn --to onnx --output churn.onnx
          winback model convert models/churn --to mlnet --output churn.zip
          winback model convert xgboost.json --to lightgbm --output model.txt
        """;

    private static readonly string[] Targets = ["winback", "onnx", "mlnet", "lightgbm"];

    internal static Command Build()
    {
        var path = new Argument<string>("model") { Description = "Model directory or file of any known format." };
        var to = new Option<string>("--to") { Description = "winback, onnx, mlnet or lightgbm.", Required = true };
        to.AcceptOnlyFromAmong(Targets);
        var output = new Option<string>("--output") { Description = "Directory (winback) or file to write.", Required = true };
        var map = new Option<string>("--map") { Description = "CSV file with other names for the model's columns." };
        var fold = new Option<bool>("--fold")
        {
            Description = "Move the preparation of inputs into the trees (winback): the service runs trees only.",
        };
        var name = new Option<string>("--name") { Description = "Name in the manifest (winback); by default that of the output." };
        var command = new NotedCommand("convert", "Writes a model in another format.", Notes) { path, to, output, map, fold, name };
        command.SetAction(parsed =>
        {
            TreeModel model = ModelArgument.Open(parsed.GetRequiredValue(path), "model");
            var conversion = new ModelConversion(parsed.GetRequiredValue(path), model, ModelScoreCommand.ReadMap(parsed.GetValue(map)));
            string target = parsed.GetRequiredValue(output);
            string summary = parsed.GetRequiredValue(to) switch
            {
                "winback" => conversion.ToDirectory(target, parsed.GetValue(name), parsed.GetValue(fold)),
                "onnx" => conversion.ToFile(target, ModelFormat.Onnx),
                "mlnet" => conversion.ToFile(target, ModelFormat.MlNet),
                _ => conversion.ToFile(target, ModelFormat.LightGbm),
            };
            parsed.InvocationConfiguration.Output.WriteLine(summary);
            return ExitCode.Ok;
        });
        return command;
    }
}
