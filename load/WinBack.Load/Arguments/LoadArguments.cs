using System.CommandLine;
using System.Globalization;
using WinBack.Cli;
using WinBack.Load.Scenarios;

namespace WinBack.Load.Arguments;

/// <summary>The options of a scenario, with its own defaults, and how a plan is read from them.</summary>
internal sealed class LoadArguments
{
    private readonly LoadDefaults _defaults;
    private readonly Option<string?> _address = Text(
        "--address", "gRPC address of a running service on this machine. Default: a service of the tool's own, which ends with it.");

    private readonly Option<string?> _bootstrap = Text(
        "--bootstrap", "Kafka of the service at --address, as 127.0.0.1:PORT; for scenarios that send events, and to put customers in.");

    private readonly Option<string?> _service = Text("--service", "WinBack.Service.dll to start. Default: the one built in this repository.");
    private readonly Option<string?> _report = Text("--report", "Folder for the reports (text, CSV, HTML). Default: a new one in out/load.");
    private readonly Option<int?> _rate;
    private readonly Option<int?> _copies = Number("--copies", 1, 10_000, "Callers that each wait for their answer (closed loop).");
    private readonly Option<TimeSpan?> _for;
    private readonly Option<TimeSpan?> _warmUp;
    private readonly Option<int?> _count = Number("--count", 1, 1_000_000_000, "Operations after which a part ends, if time does not end it.");
    private readonly Option<int?> _size = Number("--size", 1, 1_000, "Requests of one batch or stream, or events of one chunk.");
    private readonly Option<int?> _customers = Number("--customers", 1, 10_000_000, "Customers that the load is spread over.");
    private readonly Option<int?> _rounds = Number("--rounds", 1, 100, "How often all parts run, in turn.");
    private readonly Option<int?> _seed = Number("--seed", int.MinValue, int.MaxValue, "Another seed, another order of customers. Default 1.");
    private readonly Option<string?> _prefix = Text("--prefix", "Of the customers' ids; with another one the service gets others. Default load.");
    private readonly Option<bool> _noPeers = new("--no-peers") { Description = "Leaves out what the load is compared with." };

    internal LoadArguments(LoadScenario scenario)
    {
        _defaults = scenario.Defaults;
        _rate = Number("--rate", 1, 1_000_000, _defaults.IsRateBeside
            ? "Events a second that go on beside it."
            : "Operations a second, whatever becomes of them (open loop); an operation is a decision or an event.");
        _for = LengthOption.Build("--for", _defaults.For, "How long the load lasts; peers take a quarter of it.");
        _warmUp = LengthOption.Build("--warm-up", _defaults.WarmUp, "Load before each part that does not count.");
        WithDefault(_rate, _defaults.Rate);
        WithDefault(_copies, _defaults.Copies);
        WithDefault(_count, _defaults.Count);
        WithDefault(_size, _defaults.Size);
        WithDefault(_customers, _defaults.Customers);
        WithDefault(_rounds, _defaults.Rounds);
    }

    internal void AddTo(Command command)
    {
        if (_defaults.TakesAddress)
            foreach (Option option in (Option[])[_address, _bootstrap, _service, _prefix, _rate, _for, _warmUp]) command.Options.Add(option);
        if (_defaults.Copies > 0) command.Options.Add(_copies);
        if (_defaults.Size > 0) command.Options.Add(_size);
        foreach (Option option in (Option[])[_count, _customers, _rounds, _seed, _noPeers, _report]) command.Options.Add(option);
    }

    /// <exception cref="BadInputException">Options that do not go together, or an address that is not on loopback.</exception>
    internal LoadPlan Read(ParseResult parsed)
    {
        string? address = Given(parsed, _address), bootstrap = Given(parsed, _bootstrap);
        if (bootstrap is not null && address is null) throw new BadInputException("--bootstrap goes with --address: give both, or neither");
        if (address is not null && bootstrap is null && _defaults.NeedsKafka)
            throw new BadInputException("this load sends events: give the service's Kafka with --bootstrap beside --address");
        int? rate = Given(parsed, _rate), copies = Given(parsed, _copies);
        if (rate is not null && copies is not null && !_defaults.IsRateBeside)
            throw new BadInputException("--rate is an open loop and --copies a closed one: give one of them");
        return new LoadPlan
        {
            Address = address is null ? null : Loopback.Address(address),
            Bootstrap = bootstrap is null ? null : Loopback.Bootstrap(bootstrap),
            ServiceDll = Given(parsed, _service),
            Rate = rate ?? (copies is null || _defaults.IsRateBeside ? _defaults.Rate : null),
            Copies = copies ?? _defaults.Copies,
            For = Given(parsed, _for) ?? _defaults.For,
            WarmUp = Given(parsed, _warmUp) ?? _defaults.WarmUp,
            Count = parsed.GetValue(_count) ?? _defaults.Count,
            Size = Given(parsed, _size) ?? Math.Max(1, _defaults.Size),
            Customers = parsed.GetValue(_customers) ?? _defaults.Customers,
            Prefix = Given(parsed, _prefix) ?? "load",
            Rounds = parsed.GetValue(_rounds) ?? _defaults.Rounds,
            Seed = parsed.GetValue(_seed) ?? 1,
            HasPeers = !parsed.GetValue(_noPeers),
            ReportFolder = parsed.GetValue(_report) ?? "",
        };
    }

    /// <summary>Null for an option that was not given, or that the scenario does not have.</summary>
    private static T? Given<T>(ParseResult parsed, Option<T?> option) =>
        parsed.CommandResult.Command.Options.Contains(option) ? parsed.GetValue(option) : default;

    private static Option<string?> Text(string name, string description) => new(name) { Description = description };

    private static Option<int?> Number(string name, int min, int max, string description)
    {
        var number = new Option<int?>(name) { Description = description };
        number.Validators.Add(result =>
        {
            if (int.TryParse(result.Tokens.SingleOrDefault()?.Value, CultureInfo.InvariantCulture, out int value) && (value < min || value > max))
                result.AddError($"{name} must be from {min} to {max}, not {value}");
        });
        return number;
    }

    private static void WithDefault(Option<int?> option, int? value)
    {
        if (value > 0) option.Description += string.Create(CultureInfo.InvariantCulture, $" Default {value}.");
    }
}
