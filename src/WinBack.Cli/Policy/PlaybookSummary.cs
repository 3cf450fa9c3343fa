using WinBack.Core.Policy;

namespace WinBack.Cli.Policy;

/// <summary>A playbook on a page: what holds for everybody, the caps, the actions, and who may get which.</summary>
internal static class PlaybookSummary
{
    internal static void Write(TextWriter text, PlaybookModel model, PlaybookConfig config)
    {
        text.WriteLine(model.Version);
        IReadOnlyDictionary<string, string> fields = ConfigFields.Of(config);
        int width = fields.Keys.Max(f => f.Length);
        foreach ((string field, string value) in fields.Where(f => f.Key != "name"))
            text.WriteLine($"  {field.PadRight(width)}  {value}");
        text.WriteLine("Caps");
        WriteAll(text, config.Caps.Select(c => (c.Name, ConfigFields.Described(c))));
        text.WriteLine("Actions");
        WriteAll(text, config.Actions.Select(a => (a.Name, ConfigFields.Described(a))));
        if (config.Capacities.Count > 0) text.WriteLine("Capacities");
        WriteAll(text, config.Capacities.Select(c => (c.Name, ConfigFields.Described(c))));
        if (config.Experiments.Count > 0) text.WriteLine("Experiments");
        WriteAll(text, config.Experiments.SelectMany(e => e.Variants
            .Select(v => ($"{e.Name}.{v.Name}", ConfigFields.Described(v)))
            .Prepend((e.Name, ConfigFields.Described(e)))));
        if (config.Sequences.Count > 0) text.WriteLine("Sequences and their steps");
        WriteAll(text, config.Sequences.SelectMany(
            sequence => ConfigFields.StepsOf(config).Where(step => step.Name.StartsWith(sequence.Name + "/", StringComparison.Ordinal))
                .Select(step => (step.Name, ConfigFields.Described(step))).Prepend((sequence.Name, ConfigFields.Described(sequence)))));
        text.WriteLine("Segments, and the actions that are for them");
        WriteAll(text, SegmentActions.Segments.Select(s => (s, string.Join(", ", SegmentActions.Of(config, s)))));
    }

    private static void WriteAll(TextWriter text, IEnumerable<(string Name, string What)> items)
    {
        (string Name, string What)[] all = [.. items];
        int width = all.Select(i => i.Name.Length).DefaultIfEmpty().Max();
        foreach ((string name, string what) in all) text.WriteLine($"  {name.PadRight(width)}  {what}".TrimEnd());
    }
}
