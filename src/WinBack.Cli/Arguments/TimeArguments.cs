using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace WinBack.Cli.Arguments;

/// <summary>Options that hold a length of time (14d, 36h, 30m) or an instant (2011-10-01, 2011-10-01T12:30:00Z).</summary>
internal static class TimeArguments
{
    private static readonly string[] InstantFormats =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    internal static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        Description = description + " Written as 14d, 36h or 30m.",
        CustomParser = result => ParseDuration(result, name),
        HelpName = "length",
    };

    internal static Option<DateTimeOffset?> Instant(string name, string description) => new(name)
    {
        Description = description + " UTC, as 2011-10-01 or 2011-10-01T12:30:00Z.",
        CustomParser = result => ParseInstant(result, name),
        HelpName = "instant",
    };

    private static TimeSpan? ParseDuration(ArgumentResult result, string name)
    {
        string text = result.Tokens.Single().Value;
        double unitSeconds = text.Length == 0 ? 0 : text[^1] switch { 'd' => 86_400, 'h' => 3_600, 'm' => 60, _ => 0 };
        if (unitSeconds > 0
            && double.TryParse(
                text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            && number * unitSeconds is > 0 and <= 36_500 * 86_400.0)
            return TimeSpan.FromSeconds(number * unitSeconds);
        result.AddError($"{name} must be a length of time like 14d, 36h or 30m, not '{text}'");
        return null;
    }

    private static DateTimeOffset? ParseInstant(ArgumentResult result, string name)
    {
        string text = result.Tokens.Single().Value;
        if (DateTimeOffset.TryParseExact(
            text, InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant))
            return instant.ToUniversalTime();
        result.AddError($"{name} must be an instant in UTC like 2011-10-01 or 2011-10-01T12:30:00Z, not '{text}'");
        return null;
    }
}
