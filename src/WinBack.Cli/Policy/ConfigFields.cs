using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Sequences;

namespace WinBack.Cli.Policy;

/// <summary>
/// The fields of a part of a playbook as names and texts, whatever fields there are: one that is added to the config needs
/// no change here to be shown and compared.
/// </summary>
internal static class ConfigFields
{
    internal const string None = "none";

    /// <summary>In the order of the config; groups within are "offer.cost"; lists of named parts are left out.</summary>
    internal static IReadOnlyDictionary<string, string> Of(object config)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(fields, "", config);
        return fields;
    }

    /// <summary>Those that differ from the default, without the name: "limit 1, window 3d".</summary>
    internal static string Described(object config)
    {
        IReadOnlyDictionary<string, string> defaults = Of(Activator.CreateInstance(config.GetType())!);
        return string.Join(", ", Of(config)
            .Where(f => f.Key != "name" && defaults.GetValueOrDefault(f.Key, None) != f.Value).Select(f => $"{f.Key} {f.Value}"));
    }

    /// <summary>The steps of all sequences as "sequence/step".</summary>
    internal static List<StepConfig> StepsOf(PlaybookConfig playbook) => [.. playbook.Sequences.SelectMany(
        sequence => sequence.Steps.Select(step => new StepConfig
        {
            Name = $"{sequence.Name}/{step.Name}", At = step.At, Gap = step.Gap, Actions = step.Actions, SkipWhen = step.SkipWhen,
            OnCapped = step.OnCapped,
        }))];

    private static void Add(Dictionary<string, string> fields, string prefix, object config)
    {
        foreach (PropertyInfo property in config.GetType().GetProperties())
        {
            string name = prefix + JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
            switch (property.GetValue(config))
            {
                case IDictionary map: AddMap(fields, name, map); break;
                case IList list when IsNamed(list.GetType()): break;
                case IList list: fields[name] = list.Count == 0 ? "any" : string.Join(" and ", list.Cast<object>().Select(Item)); break;
                case null: fields[name] = None; break;
                case { } value when IsScalar(value): fields[name] = Text(value); break;
                case { } group: Add(fields, name + ".", group); break;
            }
        }
    }

    private static void AddMap(Dictionary<string, string> fields, string name, IDictionary map)
    {
        foreach (DictionaryEntry entry in map)
        {
            if (IsScalar(entry.Value!)) fields[$"{name}.{entry.Key}"] = Text(entry.Value!);
            else if (entry.Value is IDictionary within) AddMap(fields, $"{name}.{entry.Key}", within);
            else Add(fields, $"{name}.{entry.Key}.", entry.Value!);
        }
    }

    private static bool IsNamed(Type list) => list.GetGenericArguments() is [var item] && item.GetProperty("Name") is not null;

    /// <summary>A condition reads "visits &gt;= 2"; what is on or off is named when it is not as usual.</summary>
    private static string Item(object item) => IsScalar(item) ? Text(item) : string.Join(' ', item.GetType().GetProperties()
        .Select(p => (p.Name, Value: p.GetValue(item)))
        .Where(p => p.Value is not (null or false or IList { Count: 0 }))
        .Select(p => p.Value is true ? JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name) : Text(p.Value!)));

    private static bool IsScalar(object value) => value is string or bool or int or double or decimal or TimeSpan;

    private static string Text(object value) => value switch
    {
        string { Length: 0 } => None,
        bool is_ => is_ ? "yes" : "no",
        TimeSpan span => Duration(span),
        IList list => string.Join('+', list.Cast<object>()),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    /// <summary>As playbooks write it.</summary>
    private static string Duration(TimeSpan span) => FormattableString.Invariant(span switch
    {
        { Hours: 0, Minutes: 0, Seconds: 0 } => $"{span.TotalDays}d",
        { Minutes: 0, Seconds: 0 } => $"{span.TotalHours}h",
        { Seconds: 0 } => $"{span.TotalMinutes}m",
        _ => $"{span.TotalSeconds}s",
    });
}
