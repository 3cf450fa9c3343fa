namespace WinBack.Tests.Cli.Policy;

/// <summary><c>winback policy validate|show|diff</c> on files.</summary>
public sealed class PolicyCommandTests : IDisposable
{
    private const string Playbook = """
        name: small
        currency: GBP
        unknown_consent: { email: allow }
        caps:
          - { name: mail_7d, scope: channel, of: email, limit: 1, window: 7d }
        actions:
          - { name: reminder, channel: email, content: c, segments: [bought_once], response_odds_ratio: 2 }
          - name: gift
            channel: email
            content: g
            conditions: [ { feature: purchases_lifetime, op: ">=", value: 2 } ]
            offer: { name: gift, is_discount: false, cost: 3 }
            response_odds_ratio: 2.5
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Validate_TellsEveryErrorOfEveryFile_AndEndsWithOne()
    {
        string good = _folder.Write("good.yaml", Playbook);
        const string broken = "currency: pounds\nsequence: { discount_from_touch: 1 }";
        string bad = _folder.Write("bad.yaml", Playbook.Replace("currency: GBP", broken));
        string missing = _folder.Path("none.yaml");

        (int code, string output, string error) = await CommandLine.RunAsync("policy", "validate", bad, missing, good);

        Assert.Equal((1, ""), (code, error));
        Assert.Contains($"{bad}:2: currency: 'pounds' is no currency code; write three", output, StringComparison.Ordinal);
        Assert.Contains($"{bad}:3: sequence.discount_from_touch: 1 is out of range (rule S2); write 2 to 5", output, StringComparison.Ordinal);
        Assert.Contains($"{missing} cannot be read", output, StringComparison.Ordinal);
        Assert.Matches(@"good\.yaml: valid: small@[0-9a-f]{16}, 2 actions, 2 caps\n", output);
        Assert.Equal(0, (await CommandLine.RunAsync("policy", "validate", good)).Code);
    }

    [Fact]
    public async Task WithoutFiles_IsAUsageError()
    {
        Assert.Equal(2, (await CommandLine.RunAsync("policy", "validate")).Code);
        Assert.Equal(2, (await CommandLine.RunAsync("policy", "diff", "one.yaml")).Code);
    }

    [Fact]
    public async Task Show_SaysWhatItDoes()
    {
        (int code, string output, _) = await CommandLine.RunAsync("policy", "show", _folder.Write("p.yaml", Playbook));

        Assert.Equal(0, code);
        Assert.Matches(@"lapse\.silence_days +60\n", output);
        Assert.Contains("  mail_7d  scope channel, of email, limit 1, window 7d\n", output, StringComparison.Ordinal);
        Assert.Contains(
            "  gift      channel email, content g, conditions purchases_lifetime >= 2, offer.name gift, offer.is_discount no, offer.cost 3,",
            output, StringComparison.Ordinal);
        Assert.Matches(@"bought_once +reminder, gift\n", output);
        Assert.Matches(@"bought_repeatedly +gift\n", output);
    }

    [Fact]
    public async Task Show_OfARefusedPlaybook_EndsWithOneAndItsErrors()
    {
        (int code, _, string error) = await CommandLine.RunAsync(
            "policy", "show", _folder.Write("p.yaml", Playbook.Replace("GBP", "pounds")));

        Assert.Equal(1, code);
        Assert.Contains("is refused:", error, StringComparison.Ordinal);
        Assert.Contains("p.yaml:2: currency:", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_SaysWhatChangesForCustomers()
    {
        string after = Playbook.Replace("email: allow", "email: deny")
            .Replace("currency: GBP", "currency: GBP\nlapse: { silence_days: 90 }")
            .Replace("limit: 1, window: 7d", "limit: 1, window: 10d")
            .Replace("segments: [bought_once]", "segments: [bought_once, bought_repeatedly]")
            .Replace("name: gift\n", "name: present\n");

        (int code, string output, _) = await CommandLine.RunAsync(
            "policy", "diff", _folder.Write("a.yaml", Playbook), _folder.Write("b.yaml", after));

        Assert.Equal(0, code);
        Assert.Matches("^small@[0-9a-f]{16} -> small@[0-9a-f]{16}\n", output);
        string[] expected =
        [
            "Everybody",
            "  days of silence that make a lapse (lapse.silence_days): 60 -> 90",
            "  email while consent is unknown: allow -> deny",
            "Caps",
            "  mail_7d: window 7d -> 10d (stricter)",
            "Actions",
            "  gift: removed",
            "  reminder: segments bought_once -> bought_once and bought_repeatedly",
            "  present: new: channel email, content g, conditions purchases_lifetime >= 2, offer.name gift, offer.is_discount no,"
                + " offer.cost 3, offer.cost_of_order 0, offer.days 30, offer.is_dated no, offer.is_reminder no,"
                + " response_odds_ratio 2.5",
            "Segments",
            "  trial_canceller: may now get present; no longer gets gift",
        ];
        Assert.Equal(expected, output.Split('\n')[1..(expected.Length + 1)]);
        Assert.Contains("  bought_repeatedly: may now get reminder, present; no longer gets gift\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_LayoutAndOrder()
    {
        string a = _folder.Write("a.yaml", Playbook);
        string same = _folder.Write("b.yaml", Playbook + "\nreservation: 10m # as ever\n");
        Assert.EndsWith("Nothing changes.\n", (await CommandLine.RunAsync("policy", "diff", a, same)).Output, StringComparison.Ordinal);
        string[] lines = Playbook.Split('\n');
        string turned = _folder.Write("c.yaml", string.Join('\n', [.. lines[..6], .. lines[7..], lines[6]]));
        Assert.Contains("another order", (await CommandLine.RunAsync("policy", "diff", a, turned)).Output, StringComparison.Ordinal);
    }
}
