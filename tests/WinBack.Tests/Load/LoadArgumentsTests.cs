using System.CommandLine;
using WinBack.Cli;
using WinBack.Load.Arguments;
using WinBack.Load.Scenarios;

namespace WinBack.Tests.Load;

public sealed class LoadArgumentsTests
{
    private const string Local = "--address http://127.0.0.1:5051 --bootstrap 127.0.0.1:9092";

    [Fact]
    public void Read_NothingGiven_IsTheScenariosDefault()
    {
        LoadPlan plan = Read(new DecideScenario(), "");
        Assert.Equal((null, null, null, 64), (plan.Address, plan.Bootstrap, plan.Rate, plan.Copies));
        Assert.Equal((TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(3), 20_000, true), (plan.For, plan.WarmUp, plan.Customers, plan.HasPeers));
        Assert.Equal(500, Read(new DayScenario(), "").Rate);
    }

    [Fact]
    public void Read_EverythingGiven_IsTaken()
    {
        LoadPlan plan = Read(
            new BatchScenario(),
            Local + " --copies 3 --for 1m --warm-up 500ms --count 7 --size 5 --customers 9 --rounds 2 --seed 4 --prefix x --no-peers --report r");
        Assert.Equal((new Uri("http://127.0.0.1:5051"), "127.0.0.1:9092", 3), (plan.Address, plan.Bootstrap, plan.Copies));
        Assert.Equal((TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(500), 7, 5), (plan.For, plan.WarmUp, plan.Count, plan.Size));
        Assert.Equal((9, 2, 4, "x", false, "r"), (plan.Customers, plan.Rounds, plan.Seed, plan.Prefix, plan.HasPeers, plan.ReportFolder));
    }

    /// <summary>A rate beside the callers is another load, not another way of putting it on.</summary>
    [Fact]
    public void Read_RateAndCopies_AreOneOrTheOtherUnlessTheRateIsBeside()
    {
        Assert.Contains("give one of them", Refused(new DecideScenario(), "--rate 3000 --copies 4"), StringComparison.Ordinal);
        Assert.Null(Read(new DecideScenario(), "--copies 4").Rate);
        LoadPlan both = Read(new OptOutScenario(), "--rate 3000 --copies 4");
        Assert.Equal((3_000, 4), (both.Rate, both.Copies));
        Assert.Equal(2_000, Read(new OptOutScenario(), "--copies 4").Rate);
    }

    [Theory]
    [InlineData("10.0.0.7")]
    [InlineData("winback.example")]
    [InlineData("127.0.0.1.winback.example")]
    [InlineData("[2001:db8::1]")]
    [InlineData("0.0.0.0")]
    public void Rejects_AddressesOfOtherMachines(string host) => Assert.Contains(
        "load is only put on 127.0.0.1", Refused(new DecideScenario(), $"--address http://{host}:5051"), StringComparison.Ordinal);

    [Theory]
    [InlineData("10.0.0.7:9092")]
    [InlineData("127.0.0.1:9092,kafka.example:9092")]
    public void Rejects_BrokersOfOtherMachines(string bootstrap) => Assert.Contains(
        "load is only put on 127.0.0.1",
        Refused(new DecideScenario(), "--address http://127.0.0.1:5051 --bootstrap " + bootstrap), StringComparison.Ordinal);

    [Theory]
    [InlineData("127.0.0.1:5051")]
    [InlineData("ftp://127.0.0.1:5051")]
    public void Rejects_WhatIsNoAddress(string address) => Assert.Contains(
        "give it like http://127.0.0.1:5051", Refused(new DecideScenario(), "--address " + address), StringComparison.Ordinal);

    [Theory]
    [InlineData("localhost", "localhost:9092")]
    [InlineData("127.8.9.1", "127.8.9.1:9092,127.0.0.1:9093")]
    [InlineData("[::1]", "[::1]:9092")]
    public void Accepts_Loopback(string host, string bootstrap)
    {
        string address = $"https://{host}:5051";
        LoadPlan plan = Read(new DecideScenario(), $"--address {address} --bootstrap {bootstrap}");
        Assert.Equal((new Uri(address), bootstrap), (plan.Address, plan.Bootstrap));
    }

    [Fact]
    public void Rejects_KafkaWithoutService_AndTheOtherWayRoundWhereEventsAreSent()
    {
        Assert.Contains("--bootstrap goes with --address", Refused(new DecideScenario(), "--bootstrap 127.0.0.1:9092"), StringComparison.Ordinal);
        Assert.Contains("this load sends events", Refused(new IngestScenario(), "--address http://127.0.0.1:5051"), StringComparison.Ordinal);
        Assert.Null(Read(new DecideScenario(), "--address http://127.0.0.1:5051").Bootstrap);
    }

    [Theory]
    [InlineData("--for 25h")]
    [InlineData("--for 60")]
    [InlineData("--for -1s")]
    [InlineData("--warm-up x")]
    [InlineData("--rate 0")]
    [InlineData("--copies 10001")]
    [InlineData("--count 0")]
    [InlineData("--customers 0")]
    [InlineData("--no-such-option")]
    public void Rejects_WhatIsOutOfRange(string line) => Assert.NotEmpty(Parse(new DecideScenario(), line).Parsed.Errors);

    /// <summary>Peers get less time, but enough to be compared with.</summary>
    [Theory]
    [InlineData("60s", 15)]
    [InlineData("4s", 3)]
    [InlineData("2s", 2)]
    public void PeerFor_IsAQuarterButNotTooShort(string length, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Read(new DecideScenario(), "--for " + length).PeerFor);

    private static LoadPlan Read(LoadScenario scenario, string line)
    {
        (LoadArguments arguments, ParseResult parsed) = Parse(scenario, line);
        Assert.Empty(parsed.Errors);
        return arguments.Read(parsed);
    }

    private static string Refused(LoadScenario scenario, string line) =>
        Assert.Throws<BadInputException>(() => Read(scenario, line)).Message;

    private static (LoadArguments Arguments, ParseResult Parsed) Parse(LoadScenario scenario, string line)
    {
        var arguments = new LoadArguments(scenario);
        var command = new Command("load");
        arguments.AddTo(command);
        return (arguments, command.Parse(line));
    }
}
