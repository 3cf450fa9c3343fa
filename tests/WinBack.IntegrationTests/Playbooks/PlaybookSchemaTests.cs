using WinBack.IntegrationTests.Service;

namespace WinBack.IntegrationTests.Playbooks;

/// <summary>playbooks/playbook.schema.json, as an editor with a schema validator sees it.</summary>
public sealed class PlaybookSchemaTests : IDisposable
{
    private const string Sound = """
        name: small
        currency: GBP
        reservation: 5m
        unknown_consent: { email: allow }
        lapse: { silence_days_by_category: { tea: 30 } }
        send_windows: { zones_when_unknown: [Europe/London], windows: [ { channel: sms, days: [monday], from: "10:00" } ] }
        caps: [ { name: mail_7d, scope: channel, of: email, limit: 1, window: 7d } ]
        actions:
          - name: mail
            channel: email
            content: c
            max_lapse_days: 90
            conditions: [ { feature: visits, op: ">=", value: 2.5 } ]
            offer: { name: gift, is_discount: false, cost: 3 }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("winback-schema-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ShippedPlaybooks_ObeyTheSchema()
    {
        string[] shipped = Directory.GetFiles(Path.Combine(Repository.Root, "playbooks"), "*.yaml");
        Assert.NotEmpty(shipped);
        Assert.Empty(await SchemaClient.ValidateAsync(shipped));
    }

    [Fact]
    public async Task Schema_FindsWhatIsOfTheWrongForm()
    {
        (string Sound, string Broken, string Place)[] faults =
        [
            ("name: small", "name: Small Shop", "/name must match"),
            ("currency: GBP", "currency: pounds", "/currency must match"),
            ("currency: GBP\n", "", " must have required property 'currency'"),
            ("reservation: 5m", "reservation: 5 minutes", "/reservation must match"),
            ("email: allow }", "email: maybe }", "/unknown_consent/email must be equal to one of"),
            ("email: allow }", "fax: allow }", "/unknown_consent property name must be valid"),
            ("tea: 30", "tea: long", "/lapse/silence_days_by_category/tea must be integer"),
            ("scope: channel", "scope: galaxy", "/caps/0/scope must be equal to one of"),
            ("days: [monday]", "days: [someday]", "/send_windows/windows/0/days/0 must be equal to one of"),
            ("from: \"10:00\"", "from: ten", "/send_windows/windows/0/from must match"),
            ("limit: 1", "limit: one", "/caps/0/limit must be integer"),
            ("content: c", "contents: c", "/actions/0 must NOT have additional properties"),
            ("op: \">=\"", "op: \"=>\"", "/actions/0/conditions/0/op must be equal to one of"),
            ("is_discount: false", "is_discount: 0", "/actions/0/offer/is_discount must be boolean"),
            ("{ name: gift, is_discount: false, cost: 3 }", "[ { name: gift }, { name: other } ]", "/actions/0/offer must be object"),
        ];
        IEnumerable<string> broken = faults.Select((f, i) => Write($"p{i:00}", Sound.Replace(f.Sound, f.Broken, StringComparison.Ordinal)));
        string[] files = [Write("sound", Sound), .. broken];

        IReadOnlyList<string> errors = await SchemaClient.ValidateAsync(files);

        Assert.DoesNotContain(errors, e => e.StartsWith("sound", StringComparison.Ordinal));
        for (int i = 0; i < faults.Length; i++)
            Assert.Contains(errors, e => e.StartsWith($"p{i:00}.yaml: {faults[i].Place}", StringComparison.Ordinal));
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name + ".yaml");
        File.WriteAllText(path, text);
        return path;
    }
}
