using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace WinBack.Load.Arguments;

/// <summary>An option for how long a part of the load lasts: 500ms, 60s, 10m, 2h; at most a day.</summary>
internal static class LengthOption
{
    private const double LongestSeconds = 86_400;

    private static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3_600)];

    internal static Option<TimeSpan?> Build(string name, TimeSpan value, string description) => new(name)
    {
        Description = string.Create(
            CultureInfo.InvariantCulture, $"{description} Written as 60s, 10m or 2h; at most 24h. Default {value.TotalSeconds:0.###}s."),
        CustomParser = result => Parse(result, name),
        HelpName = "length",
    };

    private static TimeSpan? Parse(ArgumentResult result, string name)
    {
        string text = result.Tokens.Single().Value;
        foreach ((string unit, double seconds) in Units)
            if (text.EndsWith(unit, StringComparison.Ordinal) && Number(text[..^unit.Length]) * seconds is { } length and <= LongestSeconds)
                return TimeSpan.FromSeconds(length);
        result.AddError($"{name} must be a length of time of at most 24h like 500ms, 60s, 10m or 2h, not '{text}'");
        return null;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) ? number : null;
}
