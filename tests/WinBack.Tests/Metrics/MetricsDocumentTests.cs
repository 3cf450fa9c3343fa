using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.RegularExpressions;
using WinBack.Core.Metrics;

namespace WinBack.Tests.Metrics;

/// <summary>docs/METRICS.md names every instrument, with its kind and unit, and none that there is not.</summary>
public sealed partial class MetricsDocumentTests
{
    [Fact]
    public void Document_NamesEveryInstrumentAsItIs()
    {
        string text = File.ReadAllText(RepositoryFiles.Path("docs/METRICS.md"));
        Assert.Equal(
            typeof(Instruments).GetProperties(BindingFlags.Static | BindingFlags.Public)
                .Select(property => Row((Instrument)property.GetValue(null)!)).Order(StringComparer.Ordinal),
            RowPattern().Matches(text).Select(m => m.Groups["row"].Value).Order(StringComparer.Ordinal));
    }

    private static string Row(Instrument instrument)
    {
        string kind = instrument.GetType().Name.Split('`')[0].ToLowerInvariant();
        return $"`{instrument.Name}` | {kind} | {instrument.Unit}";
    }

    [GeneratedRegex(@"^\| (?<row>`[a-z._]+` \| [a-z]+ \| \S+) \|", RegexOptions.Multiline)]
    private static partial Regex RowPattern();
}
