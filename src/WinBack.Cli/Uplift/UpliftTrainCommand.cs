using System.CommandLine;
using WinBack.Cli.Arguments;
using WinBack.Trees.ModelFiles;
using WinBack.Trees.Uplift;

namespace WinBack.Cli.Uplift;

/// <summary><c>winback uplift train</c>: a table of treated and untreated rows into an uplift model.</summary>
internal static class UpliftTrainCommand
{
    private const int GoldenRowCount = 100;

    private const string Notes = """
        The treatment column names what was done to each row; --control is its value for nothing. Every other column that is
        not left out is a feature and must have been known before the treatment: leave out other outcomes. Without
        --estimate-propensity arms are taken to have been given by lot. A random part of the rows is held out for
        'winback uplift evaluate'. The same table, options and seed give the same model.

        Learners: s (one model, treatment as a feature), t (a model per arm), x, dr (doubly robust, cross-fitted).

        Examples:
          winback uplift train --data hillstrom.csv.gz --outcome visit --treatment segment --control "No E-Mail" \
            --leave-out conversion spend --learner dr --out out/uplift-dr
        """;

    internal static Command Build()
    {
        var data = Required("--data", "Table, CSV or CSV in gzip.");
        var outcome = Required("--outcome", "Column with the outcome: 0 or 1, or an amount.");
        var treatment = Required("--treatment", "Column that says what was done.");
        var control = Required("--control", "Value of the treatment column that means nothing was done.");
        var output = Required("--out", "Folder to write; a model that is there is replaced.");
        var learner = new Option<MetaLearner>("--learner") { Description = "s, t, x or dr.", DefaultValueFactory = _ => MetaLearner.DR };
        var leftOut = new Option<string[]>("--leave-out")
        {
            Description = "Columns that are no features.", AllowMultipleArgumentsPerToken = true,
        };
        var propensity = new Option<bool>("--estimate-propensity")
        {
            Description = "Estimate from the features how likely each row was given each arm.",
        };
        var holdOut = new Option<double>("--hold-out") { Description = "Share of the rows held out.", DefaultValueFactory = _ => 0.4 };
        var seed = new Option<ulong>("--seed") { Description = "Chooses the rows held out and the folds.", DefaultValueFactory = _ => 1 };
        Option<DateTimeOffset?> created = TimeArguments.Instant("--created", "Creation time for the manifest. Default: now.");
        var command = new NotedCommand("train", "Trains an uplift model.", Notes)
        {
            data, outcome, treatment, control, output, learner, leftOut, propensity, holdOut, seed, created,
        };
        command.SetAction((parsed, stop) =>
        {
            var settings = new UpliftSettings
            {
                Outcome = parsed.GetRequiredValue(outcome),
                Treatment = parsed.GetRequiredValue(treatment),
                Control = parsed.GetRequiredValue(control),
                LeftOut = parsed.GetValue(leftOut) ?? [],
                EstimatesPropensity = parsed.GetValue(propensity),
                HoldOut = parsed.GetValue(holdOut) is > 0 and < 1 and var share
                    ? share
                    : throw new BadInputException("--hold-out must be above 0 and below 1"),
                Seed = parsed.GetValue(seed),
            };
            UpliftTableFile file = UpliftTableFile.Read(parsed.GetRequiredValue(data), "--data", settings);
            Train(
                parsed.InvocationConfiguration.Output, file, parsed.GetValue(learner), parsed.GetRequiredValue(output),
                parsed.GetValue(created) ?? TimeProvider.System.GetUtcNow(), stop);
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }

    /// <summary>The rows to learn from and those held out, by the settings of the model.</summary>
    internal static (TreatmentTable Learning, TreatmentTable HeldOut) Split(UpliftTableFile file)
    {
        UpliftSettings settings = file.Settings;
        TreatmentTable table = settings.EstimatesPropensity
            ? PropensityModel.Estimate(file.Table, new UpliftOptions { Seed = settings.Seed })
            : file.Table;
        return table.HoldOut(settings.HoldOut, settings.Seed);
    }

    private static void Train(
        TextWriter text, UpliftTableFile file, MetaLearner learner, string folder, DateTimeOffset created, CancellationToken stop)
    {
        (TreatmentTable learning, TreatmentTable heldOut) = Split(file);
        var options = new UpliftOptions { Learner = learner, Seed = file.Settings.Seed };
        options.Outcome.Categorical = [.. file.Settings.Categories.Keys];
        options.Effect.Categorical = [.. file.Settings.Categories.Keys];
        UpliftModel model;
        try
        {
            model = UpliftTrainer.Train(learning, options, stop);
        }
        catch (ArgumentException unfit)
        {
            throw new BadInputException($"--data: {unfit.Message}", unfit);
        }

        var card = new ModelCard
        {
            Name = "uplift-" + learner.ToString().ToLowerInvariant(),
            LabelDefinition = $"{file.Settings.Outcome} by {file.Settings.Treatment}, control '{file.Settings.Control}'",
            FeatureSchemaHash = FeatureNameHash.Compute(learning.FeatureNames),
            Seed = file.Settings.Seed,
            DataHash = file.Settings.Sha256,
            CreatedTime = created,
        };
        UpliftDirectory.Save(folder, model, card, GoldenRows(learning));
        file.Settings.Save(folder);
        text.WriteLine(FormattableString.Invariant(
            $"{learning.RowCount:N0} rows to learn from, {heldOut.RowCount:N0} held out; arms {string.Join(", ", model.ArmNames)}"));
        text.WriteLine($"Wrote {folder}");
    }

    private static float[][] GoldenRows(TreatmentTable table)
    {
        int step = Math.Max(1, table.RowCount / GoldenRowCount);
        return Enumerable.Range(0, Math.Min(GoldenRowCount, table.RowCount)).Select(i =>
        {
            float[] row = new float[table.FeatureCount];
            table.CopyRow(i * step, row);
            return row;
        }).ToArray();
    }

    private static Option<string> Required(string name, string description) => new(name) { Description = description, Required = true };
}
