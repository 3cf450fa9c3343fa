using System.Globalization;
using System.IO.Compression;
using WinBack.Cli.EventFiles;
using WinBack.V1;
using Kind = WinBack.V1.BillingEvent.Types.Kind;

namespace WinBack.Tests.Cli.Import;

public sealed class OnlineRetailCommandTests : IDisposable
{
    private const string Header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Import_OneInvoice_IsOnePurchaseWithExactSumAndLargestLine()
    {
        List<CustomerEvent> events = await ImportAsync(
            "536365,22633,HAND WARMER,6,2010-12-01 08:26:00,1.85,17850.0,United Kingdom\n"
            + "536365,85123A,\"WHITE HANGING HEART, T-LIGHT HOLDER\",6,2010-12-01 08:27:00,2.555,17850.0,United Kingdom\n");

        Assert.Equal(2, events.Count);
        Assert.Equal("Europe/London", events[0].Profile.TimeZone);
        CustomerEvent purchase = events[1];
        Assert.Equal("17850", purchase.CustomerId);
        Assert.Equal("invoice-536365", purchase.EventId);
        Assert.Equal(new DateTimeOffset(2010, 12, 1, 8, 26, 0, TimeSpan.Zero), purchase.EventTime.ToDateTimeOffset());
        Assert.Equal(Kind.Purchase, purchase.Billing.Kind);
        Assert.Equal((6 * 1_850_000) + (6 * 2_555_000), purchase.Billing.Amount.AmountMicros);
        Assert.Equal("GBP", purchase.Billing.Amount.CurrencyCode);
        Assert.Equal(12, purchase.Billing.ItemCount);
        Assert.Equal("85123A", purchase.Billing.ItemId);
        Assert.Equal("candles_and_lights", purchase.Billing.Category);
    }

    [Fact]
    public async Task Import_CancelledInvoice_IsRefundWithPositiveAmount()
    {
        List<CustomerEvent> events = await ImportAsync("C536379,22633,HAND WARMER,-2,2010-12-01 09:41:00,1.85,14527.0,USA\n");

        CustomerEvent refund = Assert.Single(events);
        Assert.Equal(Kind.Refund, refund.Billing.Kind);
        Assert.Equal(3_700_000, refund.Billing.Amount.AmountMicros);
        Assert.Equal(2, refund.Billing.ItemCount);
    }

    [Fact]
    public async Task Import_OddLines_AreCountedByReasonAndAddUp()
    {
        string csv = _folder.Write("in.csv", Header
            + "1,22633,HAND WARMER,6,2010-12-01 08:26:00,1.85,17850.0,United Kingdom\n"
            + "2,22633,HAND WARMER,6,2010-12-01 08:26:00,1.85,,United Kingdom\n"
            + "3,POST,POSTAGE,1,2010-12-01 08:26:00,18.0,17850.0,United Kingdom\n"
            + "C4,D,Discount,-1,2010-12-01 08:26:00,27.5,17850.0,United Kingdom\n"
            + "5,22633,HAND WARMER,6,2010-12-01 08:26:00,0,17850.0,United Kingdom\n"
            + "6,22633,HAND WARMER,-6,2010-12-01 08:26:00,1.85,17850.0,United Kingdom\n");
        (int code, string output, _) =
            await CommandLine.RunAsync("import", "online-retail", "--input", csv, "--out", _folder.Path("o.events"));

        Assert.Equal(0, code);
        Dictionary<string, long> counts = CountsOf(output);
        Assert.Equal(6, counts["Lines read"]);
        Assert.Equal(1, counts["in events"]);
        Assert.Equal(1, counts["skipped: no customer"]);
        Assert.Equal(2, counts["skipped: not goods (postage, discount, charges, ...)"]);
        Assert.Equal(1, counts["skipped: price is zero or negative"]);
        Assert.Equal(1, counts["skipped: sign of quantity does not fit the invoice"]);
    }

    [Fact]
    public async Task Import_NewCountry_IsAProfileOnceEach()
    {
        List<CustomerEvent> events = await ImportAsync(
            "1,22633,X,1,2010-12-01 08:00:00,1,17850,United Kingdom\n"
            + "2,22633,X,1,2010-12-02 08:00:00,1,17850,United Kingdom\n"
            + "3,22633,X,1,2010-12-03 08:00:00,1,17850,Spain\n");

        Assert.Equal(
            ["Europe/London", "Europe/Madrid"], events.Where(e => e.Profile is not null).Select(e => e.Profile.TimeZone));
    }

    [Fact]
    public async Task Import_AssumeConsent_AddsGrantAndAddressOncePerCustomer()
    {
        List<CustomerEvent> events = await ImportAsync(
            "1,22633,X,1,2010-12-01 08:00:00,1,17850,USA\n2,22633,X,1,2010-12-02 08:00:00,1,17850,USA\n", "--assume-consent",
            "email,direct_message");

        ConsentEvent[] consents = events.Where(e => e.Consent is not null).Select(e => e.Consent).ToArray();
        Assert.Equal(4, consents.Length);
        Assert.Equal(
            [Channel.Email, Channel.Email, Channel.DirectMessage, Channel.DirectMessage], consents.Select(c => c.Channel));
        Assert.All(events.Where(e => e.Consent is not null), e => Assert.Equal("assumed", e.Source));
    }

    [Theory]
    [InlineData("1,22633,X,six,2010-12-01 08:00:00,1,17850,USA", "line 2, Quantity is 'six'")]
    [InlineData("1,22633,X,6,01.12.2010,1,17850,USA", "line 2, InvoiceDate is '01.12.2010'")]
    [InlineData("1,22633,X,6,2010-12-01 08:00:00,1.0000001,17850,USA", "line 2, UnitPrice is '1.0000001'")]
    [InlineData(",22633,X,6,2010-12-01 08:00:00,1,17850,USA", "line 2, InvoiceNo is ''")]
    public async Task Import_BrokenLine_IsOneAndNamesLineColumnAndValue(string line, string expected)
    {
        string csv = _folder.Write("in.csv", Header + line + "\n");
        (int code, _, string error) =
            await CommandLine.RunAsync("import", "online-retail", "--input", csv, "--out", _folder.Path("o.events"));

        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.Path("o.events")));
    }

    [Fact]
    public async Task Import_MissingColumn_IsOneAndNamesIt()
    {
        string csv = _folder.Write("in.csv", "InvoiceNo,StockCode\n1,2\n");
        (int code, _, string error) =
            await CommandLine.RunAsync("import", "online-retail", "--input", csv, "--out", _folder.Path("o.events"));

        Assert.Equal(1, code);
        Assert.Contains("the header lacks Description, Quantity, InvoiceDate", error, StringComparison.Ordinal);
    }

    /// <summary>The shipped sample against sums made apart from the importer: another reader, decimals, no classes.</summary>
    [Fact]
    public async Task Import_ShippedSample_EqualsIndependentSums()
    {
        string file = RepositoryFiles.Path("samples", "online_retail.csv.gz");
        (int code, string output, _) =
            await CommandLine.RunAsync("import", "online-retail", "--input", file, "--out", _folder.Path("o.events.gz"));
        Dictionary<string, (decimal Amount, long Pieces)> expected = SumByInvoice(file, out long lines);

        Assert.Equal(0, code);
        using EventFileReader reader = EventFileReader.Open(_folder.Path("o.events.gz"), "--events");
        List<CustomerEvent> events = reader.ReadAll().ToList();
        Dictionary<string, (decimal Amount, long Pieces)> actual = events.Where(e => e.Billing is not null).ToDictionary(
            e => e.Billing.InvoiceId + "/" + e.CustomerId,
            e => (e.Billing.Amount.AmountMicros / 1_000_000m, e.Billing.ItemCount));
        Assert.Equal(expected.Count, actual.Count);
        Assert.All(expected, x => Assert.Equal(x.Value, actual[x.Key]));
        Assert.Equal(541_909, CountsOf(output)["Lines read"]);
        Assert.Equal(lines, CountsOf(output)["in events"]);
        Assert.Equal(events.Select(e => e.EventTime), events.Select(e => e.EventTime).Order());
        Assert.Equal(events.Count, events.Select(e => (e.CustomerId, e.EventId)).Distinct().Count());
    }

    private static Dictionary<string, (decimal Amount, long Pieces)> SumByInvoice(string file, out long lines)
    {
        string[] notGoods = ["POST", "DOT", "C2", "M", "D", "S", "B", "BANK CHARGES", "AMAZONFEE", "CRUK"];
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        reader.ReadLine();
        var sums = new Dictionary<string, (decimal, long)>();
        lines = 0;
        while (reader.ReadLine() is { } line)
        {
            // The last five columns hold no comma; a description may.
            string[] first = line.Split(',', 3);
            string[] last = line.Split(',')[^5..];
            decimal amount =
                int.Parse(last[0], CultureInfo.InvariantCulture) * decimal.Parse(last[2], CultureInfo.InvariantCulture);
            if (last[3].Length == 0 || notGoods.Contains(first[1]) || amount == 0) continue;
            string key = $"{first[0]}/{last[3][..^2]}";
            (decimal sum, long pieces) = sums.GetValueOrDefault(key);
            sums[key] = (sum + Math.Abs(amount), pieces + Math.Abs(int.Parse(last[0], CultureInfo.InvariantCulture)));
            lines++;
        }

        return sums;
    }

    private async Task<List<CustomerEvent>> ImportAsync(string lines, params string[] more)
    {
        string csv = _folder.Write("in.csv", Header + lines);
        string path = _folder.Path("out.events");
        (int code, _, string error) =
            await CommandLine.RunAsync(["import", "online-retail", "--input", csv, "--out", path, .. more]);
        Assert.Equal("", error);
        Assert.Equal(0, code);
        using EventFileReader reader = EventFileReader.Open(path, "--events");
        return reader.ReadAll().ToList();
    }

    private static Dictionary<string, long> CountsOf(string output) => output.Split('\n')
        .Select(line => line.Trim().Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        .Where(parts => parts.Length >= 2)
        .ToDictionary(
            parts => parts[0], parts => long.Parse(parts[1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture));
}
