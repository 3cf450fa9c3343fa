using System.Security.Cryptography;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using WinBack.Cli.EventFiles;
using WinBack.Core.Features;
using WinBack.V1;

namespace WinBack.Tests.Cli.Datasets;

public sealed class DatasetCommandTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2011, 1, 3, 0, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Dataset_Churn_WritesColumnsRowsAndManifest()
    {
        string events = WriteEvents();
        string table = _folder.Path("t.csv");

        (int code, string output, _) = await CommandLine.RunAsync(
            "dataset", "--events", events, "--task", "churn", "--horizon", "20d", "--from", "2011-01-23", "--to", "2011-02-12",
            "--cut-every", "10d", "--out", table);

        Assert.Equal(0, code);
        string[] lines = File.ReadAllLines(table);
        Assert.Equal(["customer_id", "cut_time", .. FeatureSchema.Default.Names, "label"], lines[0].Split(','));
        Assert.Equal(["2011-01-23T00:00:00Z", "2011-02-02T00:00:00Z", "2011-02-12T00:00:00Z"],
            lines[1..].Select(l => l.Split(',')[1]).Distinct());
        Assert.All(lines, line => Assert.Equal(FeatureSchema.Default.Count + 3, line.Split(',').Length));
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(table + ".json"));
        JsonElement root = manifest.RootElement;
        Assert.Equal("churn", root.GetProperty("task").GetString());
        Assert.Equal(FeatureSchema.Default.Hash, root.GetProperty("feature_schema_hash").GetString());
        Assert.Equal(lines.Length - 1, root.GetProperty("rows").GetInt64());
        Assert.Equal(lines[1..].Count(l => l.EndsWith(",1", StringComparison.Ordinal)), root.GetProperty("positives").GetInt64());
        Assert.Equal(Sha256(table), root.GetProperty("data_sha256").GetString());
        Assert.Equal(Sha256(events), root.GetProperty("events_sha256").GetString());
        Assert.Contains($"{lines.Length - 1} rows of 4 customers at 3 cuts", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dataset_FileOutOfOrder_GivesTheSameTable()
    {
        string[] arguments = ["--task", "churn", "--horizon", "20d", "--from", "2011-01-23", "--cut-every", "10d", "--out"];
        await CommandLine.RunAsync(["dataset", "--events", WriteEvents(), .. arguments, _folder.Path("a.csv")]);
        await CommandLine.RunAsync(["dataset", "--events", WriteEvents(isReversed: true), .. arguments, _folder.Path("b.csv")]);

        Assert.Equal(File.ReadAllText(_folder.Path("a.csv")), File.ReadAllText(_folder.Path("b.csv")));
    }

    [Theory]
    [InlineData(1, "--to 2011-03-20: the horizon of that cut ends after what is known (2011-03-14 00:00)", "--to", "2011-03-20",
        "--horizon", "20d")]
    [InlineData(1, "there is no cut from 2012-01-01 (--from)", "--from", "2012-01-01")]
    [InlineData(1, "there is no cut from 2011-01-10 (--from) to 2011-01-06 (--to)", "--from", "2011-01-10", "--until",
        "2011-01-26", "--horizon", "20d")]
    [InlineData(1, "more than 10000 cuts", "--from", "2011-01-10", "--cut-every", "1m", "--horizon", "20d")]
    [InlineData(1, "no customer has a row at any cut", "--from", "2011-01-01", "--to", "2011-01-02")]
    [InlineData(2, "--horizon must be a length of time like 14d, 36h or 30m, not 'soon'", "--horizon", "soon")]
    [InlineData(2, "--from must be an instant in UTC like 2011-10-01", "--from", "01.10.2011")]
    public async Task Dataset_BadArguments_NamesTheOptionAndTheFix(int expectedCode, string expected, params string[] more)
    {
        (int code, _, string error) = await CommandLine.RunAsync(
            ["dataset", "--events", WriteEvents(), "--task", "churn", "--out", _folder.Path("t.csv"), .. more]);

        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Equal(expectedCode, code);
        Assert.False(File.Exists(_folder.Path("t.csv")));
    }

    [Fact]
    public async Task Dataset_NoEvents_SaysSo()
    {
        (int code, _, string error) = await CommandLine.RunAsync(
            "dataset", "--events", _folder.Write("none.events", ""), "--task", "churn", "--out", _folder.Path("t.csv"));

        Assert.Equal(1, code);
        Assert.Contains("none.events holds no event", error, StringComparison.Ordinal);
    }

    private static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    /// <summary>Four customers who buy every 5, 10, 15 and 20 days, for ten weeks.</summary>
    private string WriteEvents(bool isReversed = false)
    {
        IEnumerable<CustomerEvent> events = Enumerable.Range(0, 71)
            .SelectMany(day => Enumerable.Range(1, 4).Where(c => day % (5 * c) == 0).Select(c => Buy("c" + c, day)));
        string path = _folder.Path($"in-{isReversed}.events");
        using var writer = new EventFileWriter(File.Create(path), EventFileFormat.Protobuf);
        foreach (CustomerEvent e in isReversed ? events.Reverse() : events) writer.Write(e);
        return path;
    }

    private static CustomerEvent Buy(string customer, int day) => new()
    {
        EventId = $"e{day}",
        CustomerId = customer,
        EventTime = Start.AddDays(day).ToTimestamp(),
        Billing = new BillingEvent
        {
            Kind = BillingEvent.Types.Kind.Purchase, Amount = new Money { AmountMicros = 1_230_000, CurrencyCode = "GBP" },
        },
    };
}
