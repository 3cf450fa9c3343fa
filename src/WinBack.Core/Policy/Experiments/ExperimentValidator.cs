using System.Text.RegularExpressions;
using WinBack.Core.Events;
using WinBack.Core.Experiments;

namespace WinBack.Core.Policy.Experiments;

/// <summary>Checks the holdout and the experiments of a playbook.</summary>
internal sealed partial class ExperimentValidator(PlaybookConfig playbook, FieldChecks check)
{
    private const double ShareTolerance = 1e-9;
    private const string Rule = "E1";

    internal void Validate()
    {
        check.Range("holdout.percent", playbook.Holdout.Percent, 0, 50, "percent", "E2");
        if (playbook.Holdout.Percent > 0 && playbook.Holdout.Salt.Length == 0)
            check.Add("holdout.salt", "is missing", "write any text; another one chooses other customers", "E2");
        for (int i = 0; i < playbook.Experiments.Count; i++)
        {
            ExperimentConfig experiment = playbook.Experiments[i];
            string path = $"experiments[{i}]";
            Head(path, experiment);
            Audience(path + ".audience", experiment.Audience);
            Metric(path + ".metric", experiment.Metric);
            Variants(path + ".variants", experiment);
            for (int other = 0; other < i; other++) Beside(path, experiment, playbook.Experiments[other]);
        }
    }

    private void Head(string path, ExperimentConfig experiment)
    {
        check.Name(path + ".name", experiment.Name);
        if (experiment.Name == ExperimentAssignment.Holdout)
            check.Add(path + ".name", "'holdout' stands for the global holdout", "give it another name");
        if (experiment.Hypothesis.Length == 0) check.Add(path + ".hypothesis", "is missing", "write what is expected, and why", Rule);
        if (!SaltPattern().IsMatch(experiment.Salt))
            check.Add(path + ".salt", $"'{experiment.Salt}' is no salt", "write 1 to 64 letters, digits, dots, dashes or underscores", Rule);
        check.Name(path + ".layer", experiment.Layer);
        check.Range(path + ".from", experiment.From, 0, 100, "percent");
        check.Range(path + ".share", experiment.Share, 0.01, 100, "percent");
        if (experiment.From + experiment.Share > 100 + ShareTolerance)
            check.Add(path + ".share", $"reaches beyond the layer: {experiment.From} + {experiment.Share} is over 100", "write less");
        DateTimeOffset? start = ExperimentBuilder.Day(experiment.Start), end = ExperimentBuilder.Day(experiment.End);
        if (start is null) check.Add(path + ".start", $"'{experiment.Start}' is no day", "write it like 2026-03-01", Rule);
        if (end is null) check.Add(path + ".end", $"'{experiment.End}' is no day", "write it like 2026-03-01", Rule);
        if (end <= start) check.Add(path + ".end", "is not after the start", "write a later day", Rule);
    }

    private void Audience(string path, AudienceConfig audience)
    {
        check.All<LapseReason>(path + ".reasons", audience.Reasons);
        check.All<Segment>(path + ".segments", audience.Segments);
        check.All<ValueTier>(path + ".tiers", audience.Tiers);
        new ActionValidator(playbook, check).Conditions(path, audience.Conditions);
    }

    private void Metric(string path, MetricConfig metric)
    {
        check.OneOf<SuccessKind>(path + ".success", metric.Success);
        check.Range(path + ".within", metric.Within, TimeSpan.FromHours(1), TimeSpan.FromDays(180));
        check.Range(path + ".alpha", metric.Alpha, 0.001, 0.2, "", "E3");
        check.Range(path + ".tolerance", metric.Tolerance, 0.001, 0.5, "", "E3");
        check.Range(path + ".min_exposures", metric.MinExposures, 100, 1_000_000, "customers", "E3");
    }

    private void Variants(string path, ExperimentConfig experiment)
    {
        if (experiment.Variants.Count < 2) check.Add(path, "there are fewer than two", "add a control and what is tried", Rule);
        if (experiment.Gated && experiment.Variants.Count != 2)
            check.Add(path, "a gate has one treatment beside the control", "keep two variants, or leave gated out", "E3");
        if (!experiment.Variants.Exists(v => v.Name == VariantConfig.Control))
            check.Add(path, "there is no control group", "name one variant control, and let it change nothing", Rule);
        double sum = experiment.Variants.Sum(v => v.Share);
        if (!experiment.Gated && experiment.Variants.Count > 0 && Math.Abs(sum - 100) > ShareTolerance)
            check.Add(path, $"the shares make {sum} and not 100", "write shares that make 100 percent");
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < experiment.Variants.Count; i++)
        {
            VariantConfig variant = experiment.Variants[i];
            string at = $"{path}[{i}]";
            check.Name(at + ".name", variant.Name);
            if (!names.Add(variant.Name)) check.Add(at + ".name", $"'{variant.Name}' is taken", "give each variant a name of its own");
            if (!experiment.Gated) check.Range(at + ".share", variant.Share, 0.01, 99.99, "percent");
            new VariantValidator(playbook, check).Validate(at, variant);
        }
    }

    /// <summary>Experiments of one layer exclude each other; those of two must not change the same, or neither could be told apart.</summary>
    private void Beside(string path, ExperimentConfig experiment, ExperimentConfig other)
    {
        if (experiment.Name == other.Name) check.Add(path + ".name", $"'{experiment.Name}' is taken", "give it a name of its own");
        if (!IsAtOnce(experiment, other)) return;
        if (experiment.Layer == other.Layer)
        {
            if (experiment.From < other.From + other.Share && other.From < experiment.From + experiment.Share)
                check.Add(
                    path + ".from", $"shares customers of layer '{experiment.Layer}' with '{other.Name}' at the same time",
                    "begin after its share, end before its start, or use another layer", Rule);
            return;
        }

        foreach (string action in VariantValidator.Changed(experiment).Intersect(VariantValidator.Changed(other)))
            check.Add(
                path + ".variants", $"'{action}' is changed by '{other.Name}' of layer '{other.Layer}' too",
                "put both into one layer", Rule);
        if (experiment.Variants.Exists(v => v.ChannelOrder.Count > 0) && other.Variants.Exists(v => v.ChannelOrder.Count > 0))
            check.Add(path + ".variants", $"'{other.Name}' of another layer orders channels too", "put both into one layer", Rule);
    }

    private static bool IsAtOnce(ExperimentConfig one, ExperimentConfig other) =>
        ExperimentBuilder.Day(one.Start) < ExperimentBuilder.Day(other.End) && ExperimentBuilder.Day(other.Start) < ExperimentBuilder.Day(one.End);

    /// <summary>Salts are part of names in keys and counts.</summary>
    [GeneratedRegex("^[A-Za-z0-9_.-]{1,64}$")]
    private static partial Regex SaltPattern();
}
