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
        Assert.Contains("decisions: 400 / 400", output);
        XElement page = XElement.Parse((await File.ReadAllTextAsync(report)).Replace("<!DOCTYPE html>\n", "", StringComparison.Ordinal));
        Assert.Contains(page.Descendants("h2"), h => h.Value == "Who gets nothing on the last day, and why");
        Assert.Contains(page.Descendants("th"), h => h.Value == "difference");
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
