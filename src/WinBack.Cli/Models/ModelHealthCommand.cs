using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using WinBack.Adapters.Redis;
using WinBack.Cli.Training;
using WinBack.Core.Models;
using WinBack.Trees.ModelFiles;

namespace WinBack.Cli.Models;

/// <summary><c>winback model health</c>: what service nodes serve and see; and calibration, when labels are there.</summary>
internal static class ModelHealthCommand
{
    private const string Notes = """
        Shows for every service node what it serves, which versions it refuses and why, drift of features and predictions
        against what the model was made from, the challenger beside the champion, and the rollout.

        With --labels it scores a labelled table (as 'winback dataset' writes it) with the champion of the registry, compares
        probabilities with what happened, and keeps the result for everybody to see. Ends with 1 when a node refuses a model,
        or something drifts.

        Examples:
          winback model health
          winback model health churn --labels october.csv
          winback model health churn --labels october.csv --model models/churn
        """;

    internal static Command Build()
    {
        var name = new Argument<string?>("model") { Description = "Shows this one only.", Arity = ArgumentArity.ZeroOrOne };
        var labels = new Option<string?>("--labels") { Description = "Table with labels: measures calibration on it." };
        var folder = new Option<string?>("--model") { Description = "With --labels: the model of this directory instead of the champion." };
        var top = new Option<int>("--top") { Description = "Features to list of each model, most drifted first.", DefaultValueFactory = _ => 5 };
        var columns = new TableArguments();
        var registry = new RegistryArguments();
        var command = new NotedCommand("health", "Shows how the models that are served do.", Notes) { name, labels, folder, top };
        columns.AddTo(command);
        registry.AddTo(command, isChange: false);
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(labels) is not null && parsed.GetValue(name) is null) parsed.AddError("--labels needs the name of the model");
            if (parsed.GetValue(folder) is not null && parsed.GetValue(labels) is null) parsed.AddError("--model goes with --labels");
        });
        command.SetAction((parsed, stop) => registry.RunAsync(parsed, async (models, health) =>
        {
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            if (parsed.GetValue(labels) is { } table)
            {
                TreeModel model = await OpenAsync(models, parsed.GetValue(name)!, parsed.GetValue(folder), stop);
                TableFile rows = TableFile.Read(table, "--labels", columns.Read(parsed));
                await health.ReportAsync(Measure(model, parsed.GetValue(name)!, rows, now), stop);
            }

            var found = new V1.ModelHealth
            {
                Revision = (await models.ReadAsync(stop)).Revision,
                Nodes = { await health.ReadNodesAsync(now, stop) },
                Calibrations = { await health.ReadCalibrationsAsync(stop) },
            };
            return ModelHealthText.Write(parsed.InvocationConfiguration.Output, found, parsed.GetValue(name), parsed.GetValue(top))
                ? ExitCode.Ok
                : ExitCode.BadInput;
        }));
        return command;
    }

    private static async Task<TreeModel> OpenAsync(ModelRegistry models, string name, string? folder, CancellationToken stop)
    {
        if (folder is not null) return ModelArgument.Open(folder, "--model");
        ModelRecord? record = (await models.ReadAsync(stop)).Find(name);
        ModelVersion champion = record?.Find(record.Champion)
            ?? throw new BadInputException($"model: the registry has no champion for '{name}'; name its folder with --model");
        try
        {
            return ModelDirectory.Load(await models.ReadPackageAsync(name, champion, stop));
        }
        catch (ModelFormatException broken)
        {
            throw new BadInputException($"model: {broken.Message}", broken);
        }
    }

    private static V1.CalibrationReading Measure(TreeModel model, string name, TableFile file, DateTimeOffset now)
    {
        if (model.Manifest is not { } manifest || manifest.Card.Name != name)
            throw new BadInputException($"--model is not a model '{name}'");
        double reference = CalibrationDrift.ReferenceErrorOf(manifest.Card.Metrics);
        CalibrationDrift drift = CalibrationDrift.Of(Predict(model, file), file.Table.Labels, reference);
        var reading = new V1.CalibrationReading
        {
            Model = name,
            Version = ModelVersion.Of(manifest.BinarySha256),
            MeasureTime = now.ToTimestamp(),
            Rows = drift.Rows,
            MeanPrediction = drift.MeanPrediction,
            ObservedRate = drift.ObservedRate,
            CalibrationError = drift.CalibrationError,
            Statistic = drift.Statistic,
            Threshold = drift.Threshold,
            Drifting = drift.IsDrifting,
            Source = V1.CalibrationReading.Types.Source.Table,
        };
        if (!double.IsNaN(reference)) reading.ReferenceError = reference;
        return reading;
    }

    private static double[] Predict(TreeModel model, TableFile file)
    {
        int[] columns = [.. model.FeatureNames.Select(feature => file.Table.FeatureNames.ToList().IndexOf(feature))];
        string missing = string.Join(", ", model.FeatureNames.Where((_, f) => columns[f] < 0));
        if (missing.Length > 0) throw new BadInputException($"--labels {file.Path} lacks features of the model: {missing}");
        if (file.Table.RowCount == 0) throw new BadInputException($"--labels {file.Path} has no rows");
        float[] features = new float[columns.Length];
        double[] probabilities = new double[file.Table.RowCount];
        for (int row = 0; row < probabilities.Length; row++)
        {
            for (int f = 0; f < columns.Length; f++) features[f] = file.Table.Column(columns[f])[row];
            probabilities[row] = model.Probability(features);
        }

        return probabilities;
    }
}
