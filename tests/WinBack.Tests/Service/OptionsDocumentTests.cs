using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using WinBack.Adapters.Kafka;
using WinBack.Service.Hosting;

namespace WinBack.Tests.Service;

/// <summary>The table of options in docs/OPERATIONS.md has every option, with the default and the range of the code.</summary>
public sealed class OptionsDocumentTests
{
    /// <summary>Not the operator's to set: they follow from others, or are sections.</summary>
    private static readonly string[] NotSet = ["Redis:ClockOffset", "Kafka:Topics"];

    [Fact]
    public void OptionsTable_ListsEveryOption_WithDefaultAndRange() =>
        Assert.Equal(Expected().Order(StringComparer.Ordinal), Documented().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("00:00:00.010", "10 ms")]
    [InlineData("00:00:01", "1 s")]
    [InlineData("00:05:00", "5 minutes")]
    [InlineData("01:00:00", "1 hour")]
    [InlineData("35.00:00:00", "35 days")]
    [InlineData("00:00:00", "0")]
    public void Duration_InWords(string duration, string words) =>
        Assert.Equal(words, Words(TimeSpan.Parse(duration, CultureInfo.InvariantCulture)));

    private static IEnumerable<string> Expected() => typeof(AllOptions).GetProperties()
        .Select(property => property.PropertyType)
        .Where(type => type.GetField("Section") is not null)
        .Select(type => (Section: (string)type.GetField("Section")!.GetValue(null)!, Type: type))
        .Append((Section: $"{KafkaOptions.Section}:{nameof(KafkaOptions.Topics)}", Type: typeof(TopicOptions)))
        .SelectMany(section => Options(section.Section, section.Type));

    private static IEnumerable<string> Options(string section, Type type)
    {
        object defaults = Activator.CreateInstance(type)!;
        foreach (PropertyInfo property in type.GetProperties().Where(p => p.CanWrite))
        {
            string name = $"{section}:{property.Name}";
            if (NotSet.Contains(name)) continue;
            if (property.PropertyType.IsAssignableTo(typeof(IDictionary))) name += ":*";
            var range = property.GetCustomAttribute<RangeAttribute>();
            string ends = range is null ? "" : $"{Words(range.Minimum, property)} to {Words(range.Maximum, property)}";
            yield return $"{name} | {Default(property.GetValue(defaults))} | {ends}";
        }
    }

    private static IEnumerable<string> Documented()
    {
        string text = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "OPERATIONS.md"));
        string[] lines = text[text.IndexOf("## Options", StringComparison.Ordinal)..].Split('\n');
        foreach (string line in lines.SkipWhile(l => !l.StartsWith("|---", StringComparison.Ordinal)).Skip(1).TakeWhile(l => l.StartsWith('|')))
        {
            string[] cells = [.. line.Trim('|').Split('|').Select(cell => cell.Trim())];
            Assert.True(cells is [_, { Length: > 0 }, _, _], $"four cells, the second says what it is: {line}");
            yield return $"{cells[0].Trim('`')} | {cells[2]} | {cells[3]}";
        }
    }

    private static string Default(object? value) => value switch
    {
        null or "" or ICollection { Count: 0 } => "none",
        string text => $"`{text}`",
        bool flag => flag ? "`true`" : "`false`",
        _ => Words(value),
    };

    /// <summary>Ranges of durations are written as text in the attribute.</summary>
    private static string Words(object value, PropertyInfo property) =>
        Words(property.PropertyType == typeof(TimeSpan) ? TimeSpan.Parse((string)value, CultureInfo.InvariantCulture) : value);

    private static string Words(object value)
    {
        if (value is double share) return share.ToString("0.####", CultureInfo.InvariantCulture);
        if (value is not TimeSpan span) return string.Create(CultureInfo.InvariantCulture, $"{value:N0}");
        (double count, string unit) = span switch
        {
            { Ticks: 0 } => (0, ""),
            { TotalDays: >= 1 } => (span.TotalDays, "day"),
            { TotalHours: >= 1 } => (span.TotalHours, "hour"),
            { TotalMinutes: >= 1 } => (span.TotalMinutes, "minute"),
            { TotalSeconds: >= 1 } => (span.TotalSeconds, "s"),
            _ => (span.TotalMilliseconds, "ms"),
        };
        string plural = count != 1 && unit.Length > 2 ? "s" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{count:0.###} {unit}{plural}").Trim();
    }
}
