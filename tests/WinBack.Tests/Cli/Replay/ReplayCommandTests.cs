using Google.Protobuf.WellKnownTypes;
using WinBack.Cli.EventFiles;
using WinBack.V1;

namespace WinBack.Tests.Cli.Replay;

public sealed class ReplayCommandTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2011, 1, 3, 0, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Replay_EventsOfEveryFate_AreCountedAndAddUp()
    {
        CustomerEvent erased = Login("e", "c", 2);
        erased.Lifecycle = new LifecycleEvent { Kind = LifecycleEvent.Types.Kind.Erased };
        CustomerEvent euros = Login("x", "a", 4);
        euros.Billing = new BillingEvent { Kind = BillingEvent.Types.Kind.Purchase,
            Amount = new Money { AmountMicros = 1, CurrencyCode = "EUR" } };
        CustomerEvent unknown = Login("u", "a", 5);
        unknown.Login = null;
        string path = Write(
            Login("1", "a", 0), Login("2", "b", 1), erased, Login("3", "c", 3), Login("1", "a", 0), euros, unknown);

        (int code, string output, _) = await CommandLine.RunAsync("replay", "--events", path);

        Assert.Equal(0, code);
        Assert.Matches(@"events +7\n", output);
        Assert.Matches(@"folded +3\n", output);
        Assert.Matches(@"duplicate +1\n", output);
        Assert.Matches(@"dead_letter +1\n", output);
        Assert.Matches(@"erased +1\n", output);
        Assert.Matches(@"unknown_kind +1\n", output);
        Assert.Contains("InvalidField: billing.amount.currency_code is 'EUR'", output, StringComparison.Ordinal);
        Assert.Matches(@"customers +3\n", output);
    }

    [Fact]
    public async Task Replay_Dump_HasAHashForEveryCustomerThatDependsOnTheEventsOnly()
    {
        string path = Write(Login("1", "b", 0), Login("2", "a", 1), Login("3", "b", 2));
        string turned = Write(Login("3", "b", 2), Login("2", "a", 1), Login("1", "b", 0));
        string other = Write(Login("3", "b", 2), Login("2", "a", 1), Login("1", "b", 0.5));

        string[] first = await DumpAsync(path), second = await DumpAsync(turned), third = await DumpAsync(other);

        Assert.Equal("customer_id,state_hash,state_bytes,churn_probability,win_back_probability", first[0]);
        Assert.Matches("^a,[0-9a-f]{16},[0-9]+,,$", first[1]);
        Assert.Equal(first, second);
        Assert.Equal(first[1], third[1]);
        Assert.NotEqual(first[2], third[2]);
    }

    [Fact]
    public async Task Replay_Models_AddsProbabilities()
    {
        string path = Write(Login("1", "a", 0));

        string[] lines = await DumpAsync(path, "--models", RepositoryFiles.Path("models"), "--as-of", "2011-02-01");

        Assert.Matches(@"^a,[0-9a-f]{16},[0-9]+,0\.[0-9]+,0\.[0-9]+$", lines[1]);
    }

    [Fact]
    public async Task Replay_Until_LeavesOutWhatComesFromThen()
    {
        (_, string output, _) = await CommandLine.RunAsync(
            "replay", "--events", Write(Login("1", "a", 0), Login("2", "a", 1), Login("3", "a", 2)), "--until", "2011-01-04");

        Assert.Matches(@"events +1\n", output);
    }

    [Fact]
    public async Task Replay_ModelsMissing_NamesTheFile()
    {
        (int code, _, string error) =
            await CommandLine.RunAsync("replay", "--events", Write(Login("1", "a", 0)), "--models", _folder.Path("none"));

        Assert.Equal(1, code);
        Assert.Contains("--models ", error, StringComparison.Ordinal);
        Assert.Contains("manifest.json", error, StringComparison.Ordinal);
    }

    private async Task<string[]> DumpAsync(string events, params string[] more)
    {
        (int code, _, string error) =
            await CommandLine.RunAsync(["replay", "--events", events, "--dump", _folder.Path("dump.csv"), .. more]);
        Assert.Equal((0, ""), (code, error));
        return File.ReadAllLines(_folder.Path("dump.csv"));
    }

    private string Write(params CustomerEvent[] events)
    {
        string path = _folder.Path($"{Guid.NewGuid()}.ndjson");
        using var writer = new EventFileWriter(File.Create(path), EventFileFormat.Json);
        foreach (CustomerEvent e in events) writer.Write(e);
        return path;
    }

    private static CustomerEvent Login(string id, string customer, double day) => new()
    {
        EventId = id, CustomerId = customer, EventTime = Start.AddDays(day).ToTimestamp(), Login = new LoginEvent(),
    };
}
