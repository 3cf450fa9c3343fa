using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using WinBack.Core.Events;
using WinBack.Core.Experiments;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Capacities;
using WinBack.Core.Policy.Experiments;
using WinBack.Core.Policy.Exploration;
using WinBack.Core.Policy.Sequences;
using WinBack.Core.Policy.Valuation;
using WinBack.Core.Policy.Reasons;

namespace WinBack.Tests.Playbooks;

/// <summary>
/// The JSON schema of playbooks, made of the config types: fields, kinds, closed sets, defaults, and the doc comments as
/// descriptions. What one field alone cannot say (ranges that hang on others, honesty) is the validator's.
/// </summary>
internal static partial class PlaybookSchema
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<Type, string[]> Required = new()
    {
        [typeof(PlaybookConfig)] = ["name", "currency", "actions"],
        // Which of the others a cap needs hangs on its kind.
        [typeof(CapConfig)] = ["name"],
        [typeof(ActionConfig)] = ["name", "channel", "content"],
        [typeof(ConditionConfig)] = ["feature", "op", "value"],
        [typeof(OfferConfig)] = ["name"],
        [typeof(ContextWeightConfig)] = ["feature", "op", "value", "weight"],
        [typeof(SendWindowConfig)] = ["channel"],
        [typeof(TouchSequenceConfig)] = ["name", "steps"],
        [typeof(StepConfig)] = ["name", "actions"],
        [typeof(CapacityConfig)] = ["name", "limit", "zone"],
        [typeof(ExperimentConfig)] = ["name", "hypothesis", "salt", "variants", "start", "end"],
        [typeof(VariantConfig)] = ["name"],
    };

    /// <summary>Texts that are one of a set, by type and field.</summary>
    private static readonly Dictionary<(Type Type, string Field), string[]> Sets = new()
    {
        [(typeof(CapConfig), nameof(CapConfig.Scope))] = [.. Names.All<CapScope>()],
        [(typeof(ActionConfig), nameof(ActionConfig.Channel))] = [.. Names.All<Channel>()],
        [(typeof(ActionConfig), nameof(ActionConfig.Category))] = [.. Names.All<ActionCategory>()],
        [(typeof(ActionConfig), nameof(ActionConfig.Reasons))] = [.. Names.All<LapseReason>()],
        [(typeof(ActionConfig), nameof(ActionConfig.Segments))] = [.. Names.All<Segment>()],
        [(typeof(ActionConfig), nameof(ActionConfig.Tiers))] = [.. Names.All<ValueTier>()],
        [(typeof(SendWindowConfig), nameof(SendWindowConfig.Channel))] = [.. Names.All<Channel>()],
        [(typeof(SendWindowConfig), nameof(SendWindowConfig.Days))] = [.. Names.All<DayOfWeek>()],
        [(typeof(CapacityConfig), nameof(CapacityConfig.Channel))] = [.. Names.All<Channel>()],
        [(typeof(CapacityConfig), nameof(CapacityConfig.Unit))] = [.. Names.All<CapacityUnit>()],
        [(typeof(CapacityConfig), nameof(CapacityConfig.Per))] = [.. Names.All<CapacityScope>()],
        [(typeof(CapacityConfig), nameof(CapacityConfig.Period))] = ["day", "week", "month"],
        [(typeof(AudienceConfig), nameof(AudienceConfig.Reasons))] = [.. Names.All<LapseReason>()],
        [(typeof(AudienceConfig), nameof(AudienceConfig.Segments))] = [.. Names.All<Segment>()],
        [(typeof(AudienceConfig), nameof(AudienceConfig.Tiers))] = [.. Names.All<ValueTier>()],
        [(typeof(VariantConfig), nameof(VariantConfig.ChannelOrder))] = [.. Names.All<Channel>()],
        [(typeof(MetricConfig), nameof(MetricConfig.Success))] = [.. Names.All<SuccessKind>()],
        [(typeof(TouchSequenceConfig), nameof(TouchSequenceConfig.Trigger))] = [.. Names.All<SequenceTrigger>()],
        [(typeof(TouchSequenceConfig), nameof(TouchSequenceConfig.Reasons))] = [.. Names.All<LapseReason>()],
        [(typeof(TouchSequenceConfig), nameof(TouchSequenceConfig.Segments))] = [.. Names.All<Segment>()],
        [(typeof(TouchSequenceConfig), nameof(TouchSequenceConfig.Tiers))] = [.. Names.All<ValueTier>()],
        [(typeof(StepConfig), nameof(StepConfig.OnCapped))] = [.. Names.All<CappedPolicy>()],
        [(typeof(StepConfig), nameof(StepConfig.SkipWhen))] = ["responded"],
        [(typeof(ConditionConfig), nameof(ConditionConfig.Op))] = ["<", "<=", ">", ">=", "==", "!="],
        [(typeof(ContextWeightConfig), nameof(ContextWeightConfig.Op))] = ["<", "<=", ">", ">=", "==", "!="],
        [(typeof(ExplorationConfig), nameof(ExplorationConfig.Method))] = [.. Names.All<ExplorationMethod>()],
        [(typeof(ArbitrationConfig), nameof(ArbitrationConfig.Preset))] = [.. Names.All<ArbitrationPreset>()],
        [(typeof(PlaybookConfig), nameof(PlaybookConfig.UnknownConsent))] = ["allow", "deny"],
    };

    internal static string Text()
    {
        var root = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "WinBack playbook",
            ["description"] = "See docs/PLAYBOOKS.md. Made of the config types: WINBACK_UPDATE_SCHEMA=1 with the tests writes it anew.",
        };
        foreach ((string name, JsonNode? value) in Group(typeof(PlaybookConfig)).ToArray())
        {
            root[name] = value?.DeepClone();
        }

        return root.ToJsonString(Layout) + "\n";
    }

    private static JsonObject Group(Type type)
    {
        object defaults = Activator.CreateInstance(type)!;
        var properties = new JsonObject();
        foreach (PropertyInfo property in type.GetProperties())
        {
            JsonObject field = Of(property.PropertyType, property);
            if (SummaryOf(property) is { Length: > 0 } summary) field["description"] = summary;
            if (DefaultOf(property.GetValue(defaults)) is { } value) field["default"] = value;
            properties[JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)] = field;
        }

        var group = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        if (Required.TryGetValue(type, out string[]? names)) group["required"] = Array(names);
        return group;
    }

    private static JsonObject Of(Type type, PropertyInfo property)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(bool)) return new JsonObject { ["type"] = "boolean" };
        if (type == typeof(int)) return new JsonObject { ["type"] = "integer" };
        if (type == typeof(decimal) || type == typeof(double)) return new JsonObject { ["type"] = "number" };
        if (type == typeof(TimeSpan)) return new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9]+[smhd]$" };
        if (type == typeof(string)) return TextOf(property);
        if (!type.IsGenericType) return Group(type);
        Type item = type.GetGenericArguments()[^1];
        if (type.GetGenericTypeDefinition() == typeof(List<>)) return new JsonObject { ["type"] = "array", ["items"] = Of(item, property) };
        var map = new JsonObject { ["type"] = "object", ["additionalProperties"] = Of(item, property) };
        if (property.Name == nameof(ReasonsConfig.Priors)) map["propertyNames"] = new JsonObject { ["enum"] = Array(Names.All<LapseReason>()) };
        if (property.Name == nameof(PlaybookConfig.UnknownConsent)) map["propertyNames"] = new JsonObject { ["enum"] = Array(Names.All<Channel>()) };
        return map;
    }

    private static JsonObject TextOf(PropertyInfo property)
    {
        var text = new JsonObject { ["type"] = "string" };
        if (Sets.TryGetValue((property.DeclaringType!, property.Name), out string[]? set)) text["enum"] = Array(set);
        else if (property.Name == "Name") text["pattern"] = "^[a-z][a-z0-9_]{0,63}$";
        else if (property.Name == nameof(PlaybookConfig.Currency)) text["pattern"] = "^[A-Z]{3}$";
        else if (property.Name == nameof(OfferConfig.CodeUntil)) text["pattern"] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
        else if (property.Name is nameof(SendWindowConfig.From) or nameof(SendWindowConfig.To)) text["pattern"] = "^[0-2][0-9]:[0-5][0-9]$";
        return text;
    }

    /// <summary>Null for what has none that says anything.</summary>
    private static JsonNode? DefaultOf(object? value) => value switch
    {
        string { Length: > 0 } text => text,
        bool flag => flag,
        int number and not 0 => number,
        double number and not 0 => number,
        decimal number and not 0 => JsonNode.Parse(number.ToString(CultureInfo.InvariantCulture)),
        TimeSpan { Ticks: > 0 } span => FormattableString.Invariant($"{span.TotalMinutes}m"),
        _ => null,
    };

    private static JsonArray Array(IEnumerable<string> texts) => [.. texts.Select(t => (JsonNode)t)];

    private static string SummaryOf(PropertyInfo property)
    {
        string file = Path.Combine(AppContext.BaseDirectory, property.DeclaringType!.Assembly.GetName().Name + ".xml");
        string name = $"P:{property.DeclaringType.FullName}.{property.Name}";
        XElement? summary = XDocument.Load(file).Descendants("member").SingleOrDefault(m => (string?)m.Attribute("name") == name)?.Element("summary");
        if (summary is null) return "";
        foreach (XElement see in summary.Descendants("see").ToArray())
            see.ReplaceWith(JsonNamingPolicy.SnakeCaseLower.ConvertName(((string)see.Attribute("cref")!).Split('.')[^1]));
        return SpacePattern().Replace(summary.Value, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex SpacePattern();
}
