using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using WinBack.Adapters.Redis;
using WinBack.Core.State;
using WinBack.Trees.Training;
using WinBack.Trees.Uplift;

namespace WinBack.Tests.Tidy;

/// <summary>What an options class says of a number in words, in its attribute and by its default must be the same.</summary>
public sealed partial class OptionsTests
{
    private static readonly string[] Assemblies = ["WinBack.Core", "WinBack.Trees", "WinBack.Adapters", "WinBack.Service"];

    /// <summary>Any value is right for these.</summary>
    private static readonly string[] Unbounded =
    [
        $"{nameof(RedisOptions)}.{nameof(RedisOptions.ClockOffset)}",
        $"{nameof(TrainingOptions)}.{nameof(TrainingOptions.Seed)}",
        $"{nameof(UpliftOptions)}.{nameof(UpliftOptions.Seed)}",
    ];

    private static IEnumerable<PropertyInfo> Properties() => Assemblies.SelectMany(name => Assembly.Load(name).GetTypes())
        .Where(t => t.Name.EndsWith("Options", StringComparison.Ordinal) && t.GetField("Section") is not null)
        .SelectMany(t => t.GetProperties());

    [Fact]
    public void Numbers_HaveARange()
    {
        Assert.Contains(Properties(), p => p.DeclaringType == typeof(FoldOptions));
        Findings.AssertNone(Properties()
            .Where(p => p.PropertyType.IsPrimitive && p.PropertyType != typeof(bool) || p.PropertyType == typeof(TimeSpan))
            .Where(p => p.GetCustomAttribute<RangeAttribute>() is null).Select(NameOf).Except(Unbounded));
    }

    [Fact]
    public void Defaults_AreValid()
    {
        var wrong = new List<string>();
        foreach (Type type in Properties().Select(p => p.DeclaringType!).Distinct())
        {
            object options = Activator.CreateInstance(type)!;
            var results = new List<ValidationResult>();
            if (!Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true))
                wrong.AddRange(results.Select(r => $"{type.Name}: {r.ErrorMessage}"));
        }

        Findings.AssertNone(wrong);
    }

    /// <summary>"Default 10 s; 1 s to 5 minutes." in the summary, as far as the property has a range.</summary>
    [Fact]
    public void Summaries_TellDefaultAndRange_AsTheyAre()
    {
        var wrong = new List<string>();
        foreach (PropertyInfo property in Properties().Where(p => p.DeclaringType != typeof(TrainingOptions)))
        {
            if (property.GetCustomAttribute<RangeAttribute>() is not { } range) continue;
            Match said = DefaultPattern().Match(SummaryOf(property));
            object value = property.GetValue(Activator.CreateInstance(property.DeclaringType!)!)!;
            string actual = string.Join(" | ", Number(value), Number(range.Minimum), Number(range.Maximum));
            string told = !said.Success ? "nothing"
                : string.Join(" | ", new[] { "value", "from", "to" }.Select(part => Told(said.Groups[part].Value, property.PropertyType)));
            if (told != actual) wrong.Add($"{NameOf(property)}: default | least | most is {actual}; the summary tells {told}");
        }

        Findings.AssertNone(wrong);
    }

    private static string NameOf(PropertyInfo property) => $"{property.DeclaringType!.Name}.{property.Name}";

    private static string SummaryOf(PropertyInfo property)
    {
        string file = Path.Combine(AppContext.BaseDirectory, property.DeclaringType!.Assembly.GetName().Name + ".xml");
        string name = $"P:{property.DeclaringType.FullName}.{property.Name}";
        XElement? member = XDocument.Load(file).Descendants("member").SingleOrDefault(m => (string?)m.Attribute("name") == name);
        return SpacePattern().Replace(member?.Element("summary")?.Value ?? "", " ");
    }

    /// <summary>Numbers as they are, time spans in milliseconds; a range of time spans is written as text.</summary>
    private static double Number(object value) => value switch
    {
        TimeSpan span => span.TotalMilliseconds,
        string text => TimeSpan.Parse(text, CultureInfo.InvariantCulture).TotalMilliseconds,
        _ => Convert.ToDouble(value, CultureInfo.InvariantCulture),
    };

    private static double Told(string words, Type type)
    {
        Match match = QuantityPattern().Match(words);
        if (!match.Success) return double.NaN;
        double number = double.Parse(match.Groups["number"].Value, NumberStyles.Number, CultureInfo.InvariantCulture);
        return type != typeof(TimeSpan) ? number : number * match.Groups["unit"].Value switch
        {
            "ms" or "" => 1,
            "s" => 1_000,
            "minute" => 60_000,
            "hour" => 3_600_000,
            "day" => 86_400_000,
            _ => double.NaN,
        };
    }

    [GeneratedRegex(@"Default (?<value>[^;]+); (?<from>.+?) to (?<to>[^.;]+(\.\d+)?)")]
    private static partial Regex DefaultPattern();

    [GeneratedRegex(@"^(?<number>[\d,.]+) ?(?<unit>ms|s|minute|hour|day)?s?$")]
    private static partial Regex QuantityPattern();

    [GeneratedRegex(@"\s+")]
    private static partial Regex SpacePattern();
}
