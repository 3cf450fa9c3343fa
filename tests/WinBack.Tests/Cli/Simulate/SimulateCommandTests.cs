using System.Globalization;
using System.Text;
using System.Xml.Linq;
using WinBack.Cli;
using WinBack.Cli.Simulate;
using WinBack.Core.Events;

namespace WinBack.Tests.Cli.Simulate;

public sealed class SimulateCommandTests : IDisposable
{
    private const string FullPlaybook = """
        name: two_mails
        currency: GBP
        unknown_consent: { email: allow }
        value: { floor: 1000 }
        caps:
          - { name: weekly, scope: channel, of: email, limit: 1, window: 7d }
        actions:
          - { name: reminder, channel: email, content: a, contact_cost: 0.01, response_odds_ratio: 2 }
          - { name: news, channel: email, content: b, contact_cost: 0.01, response_odds_ratio: 1.5 }
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Simulate_TwoPlaybooks_TouchesStayUnderTheCapAndTheReportCompares()
    {
        string report = _folder.Path("report.html");
        string one = FullPlaybook.Replace("two_mails", "one_mail", StringComparison.Ordinal).Replace("7d", "30d", StringComparison.Ordinal);
        var (code, output, error) = await CommandLine.RunAsync(
            "simulate", "--events", Events(), "--playbook", _folder.Write("two.yaml", FullPlaybook),
            "--compare", _folder.Write("one.yaml", one), "--days", "20", "--from", "2011-06-01T10:00:00Z",
            "--models", RepositoryFiles.Path("models"), "--out", report);
        Assert.Equal((ExitCode.Ok, ""), (code, error));
        // 20 customers, 20 days: a touch on day 0, 7 and 14 each unless they come back or leave; with the second, on day 0 only.
        Assert.Matches(@"email: [345]\d / 20\n", output.ReplaceLineEndings("\n"));
        Assert.Matches(@"C2 weekly/email: \d+ / \d+", output);
        Assert.Contains("customers asked about: 20 / 20", output);
        Assert.Matches(@"2011-06-01: 20 / 20\n(  2011-06-0[2-7]: 0 / 0\n){6}  2011-06-08: [12]?\d / 0\n", output.ReplaceLineEndings("\n"));
        XElement page = XElement.Parse((await File.ReadAllTextAsync(report)).Replace("<!DOCTYPE html>\n", "", StringComparison.Ordinal));
        Assert.Contains(page.Descendants("h2"), h => h.Value == "Who got nothing in all the days, and why");
        Assert.Contains(page.Descendants("th"), h => h.Value == "difference");
        Assert.Contains("weekly: window 7d -> 30d", page.Descendants("pre").Single().Value);
        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName is "script" or "link" or "img");
        Assert.Contains(page.Descendants(), e => e.Name.LocalName == "svg");
    }

    [Fact]
    public async Task Simulate_SameSeed_SameReport()
    {
        string events = Events(), playbook = _folder.Write("p.yaml", FullPlaybook);
        string[] reports = new string[2];
        for (int i = 0; i < 2; i++)
        {
            string report = _folder.Path($"r{i}.html");
            Assert.Equal(ExitCode.Ok, (await CommandLine.RunAsync(
                "simulate", "--events", events, "--playbook", playbook, "--days", "5", "--models", RepositoryFiles.Path("models"),
                "--from", "2011-06-01T10:00:00Z", "--out", report)).Code);
            reports[i] = await File.ReadAllTextAsync(report);
        }

        Assert.Equal(reports[0], reports[1]);
    }

    /// <summary>Lines of the catalogue topic; what is wrong with one is told with its number, field and fix.</summary>
    [Theory]
    [InlineData("""{"updateId":"u1","title":"Sync","publishTime":"2011-06-02T00:00:00Z"}""", "")]
    [InlineData("""{"updateId":"u1","publishTime":"2011-06-02T00:00:00Z"}""", "u.jsonl: line 2: title: 1 to 200 bytes are required")]
    [InlineData("sync is out", "u.jsonl: line 2: the value is no ProductUpdate")]
    public async Task Simulate_Updates_AreReadOrRefusedByLine(string line, string expected)
    {
        string updates = _folder.Write("u.jsonl", """{"updateId":"u0","title":"Old","publishTime":"2011-01-02T00:00:00Z"}""" + "\n" + line + "\n");
        var (code, _, error) = await CommandLine.RunAsync(
            "simulate", "--events", Events(), "--playbook", _folder.Write("p.yaml", FullPlaybook), "--updates", updates, "--days", "1",
            "--from", "2011-06-01T10:00:00Z", "--models", RepositoryFiles.Path("models"), "--out", _folder.Path("r.html"));
        Assert.Equal(expected.Length == 0 ? ExitCode.Ok : ExitCode.BadInput, code);
        Assert.Contains(expected, error);
    }

    [Theory]
    [InlineData("--days", "0")]
    [InlineData("--ask-every", "10m")]
    public async Task Simulate_WrongOption_IsRefused(string option, string value)
    {
        var (code, _, error) = await CommandLine.RunAsync(
            "simulate", "--events", Events(), "--playbook", _folder.Write("p.yaml", FullPlaybook),
            "--models", RepositoryFiles.Path("models"), option, value);
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains(option, error);
    }

    [Fact]
    public async Task Simulate_BrokenPlaybook_IsRefusedWithItsErrors()
    {
        var (code, _, error) = await CommandLine.RunAsync(
            "simulate", "--events", Events(), "--playbook", _folder.Write("p.yaml", "name: x\n"), "--models", RepositoryFiles.Path("models"));
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("is refused", error);
    }

    /// <summary>On average a touch adds what its odds ratio says, give or take what differs between customers.</summary>
    [Fact]
    public void Response_OverManyCustomers_AddsWhatThePriorSays()
    {
        int returns = 0, leaves = 0;
        for (int i = 0; i < 20_000; i++)
        {
            SimulatedResponse response =
                SimulatedResponse.Of("seed", new CustomerId($"c{i}"), DateTimeOffset.UnixEpoch, 0.2, 2, unsubscribeProbability: 0.05);
            returns += response.Returns ? 1 : 0;
            leaves += response.Unsubscribes ? 1 : 0;
        }

        Assert.InRange(returns / 20_000.0, 0.12, 0.16);
        Assert.InRange(leaves / 20_000.0, 0.045, 0.055);
    }

    private string Events()
    {
        var lines = new StringBuilder();
        for (int i = 0; i < 20; i++)
            lines.Append(CultureInfo.InvariantCulture, $"{{\"eventId\":\"e{i}\",\"customerId\":\"c{i}\",")
                .Append(CultureInfo.InvariantCulture, $"\"eventTime\":\"2011-03-0{1 + (i % 9)}T12:00:00Z\",\"billing\":{{\"kind\":\"KIND_PURCHASE\",")
                .Append("\"amount\":{\"amountMicros\":\"50000000\",\"currencyCode\":\"GBP\"},\"itemCount\":\"1\"}}\n");
        return _folder.Write("events.jsonl", lines.ToString());
    }
}
