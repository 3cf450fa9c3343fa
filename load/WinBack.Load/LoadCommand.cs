using System.CommandLine;
using WinBack.Load.Decide;
using WinBack.Load.Fold;
using WinBack.Load.Memory;

namespace WinBack.Load;

/// <summary>The load tool: each scenario starts what it drives, on loopback, is bounded in count and time, and ends by itself.</summary>
internal static class LoadCommand
{
    internal static RootCommand Build() => new("Measures WinBack on this machine. Every figure stands beside a peer of the same run.")
    {
        Fold(), Memory(), Decide(), Batch(), Visible(), OptOut(),
    };

    private static Command Fold()
    {
        var events = Number("--events", 1_000_000, "Events produced before the first round.");
        var customers = Number("--customers", 50_000, "Customers they are spread over.");
        var partitions = Number("--partitions", 8, "Partitions of every topic.");
        var rounds = Number("--rounds", 3, "Each measures a bare consumer, then the fold.");
        var command = new Command("fold", "Events a second from the broker into Redis, beside a bare consumer.") { events, customers, partitions, rounds };
        command.SetAction(parsed => new FoldLoad(
            parsed.GetValue(events), parsed.GetValue(customers), parsed.GetValue(partitions), parsed.GetValue(rounds)).RunAsync(Console.Out));
        return command;
    }

    private static Command Memory()
    {
        var customers = Number("--customers", 1_000_000, "Customers written.");
        var partitions = Number("--partitions", 8, "Partitions they are spread over.");
        var input = new Option<string>("--input")
        {
            Description = "Online Retail as CSV. Default: samples/online_retail.csv.gz.", DefaultValueFactory = _ => "samples/online_retail.csv.gz",
        };
        var command = new Command("memory", "Bytes a customer in Redis, in a snapshot and in the append-only file.") { customers, partitions, input };
        command.SetAction(async (parsed, stop) =>
        {
            (string Name, IReadOnlyList<byte[]> Blobs)[] mixes =
                [("retail", CustomerMix.Retail(parsed.GetRequiredValue(input))), ("subscription", CustomerMix.Subscription())];
            foreach ((string name, IReadOnlyList<byte[]> blobs) in mixes)
                await new MemoryLoad(name, blobs, parsed.GetValue(customers), parsed.GetValue(partitions)).RunAsync(Console.Out, stop);
        });
        return command;
    }

    private static Command Decide()
    {
        var service = Service();
        var rate = Number("--rate", 3_000, "Decisions a second of the open loop.");
        var copies = Number("--copies", 64, "Callers of the closed loop.");
        var seconds = Number("--seconds", 15, "Length of each part.");
        var command = new Command("decide", "Decisions with caps: rate and latency, beside an empty call on the same server.") { service, rate, copies, seconds };
        command.SetAction((parsed, stop) => new DecideLoad(
            parsed.GetRequiredValue(service), parsed.GetValue(rate), parsed.GetValue(copies), TimeSpan.FromSeconds(parsed.GetValue(seconds))).RunAsync(Console.Out, stop));
        return command;
    }

    private static Command Batch()
    {
        var service = Service();
        var size = Number("--size", 500, "Decisions of one call.");
        var callers = Number("--callers", 4, "Batches under way together.");
        var seconds = Number("--seconds", 15, "Length of each part.");
        var command = new Command("batch", "Decisions a second in batches, beside one a call.") { service, size, callers, seconds };
        command.SetAction((parsed, stop) => new BatchLoad(
            parsed.GetRequiredValue(service), parsed.GetValue(size), parsed.GetValue(callers),
            TimeSpan.FromSeconds(parsed.GetValue(seconds))).RunAsync(Console.Out, stop));
        return command;
    }

    private static Command Visible()
    {
        var service = Service();
        var events = Number("--events", 1_000, "Events sent one after another.");
        var command = new Command("visible", "Time from an event's send until GetCustomer shows it.") { service, events };
        command.SetAction((parsed, stop) => new VisibleLoad(parsed.GetRequiredValue(service), parsed.GetValue(events)).RunAsync(Console.Out, stop));
        return command;
    }

    private static Command OptOut()
    {
        var service = Service();
        var samples = Number("--samples", 300, "Opt-outs sent one after another.");
        var callers = Number("--callers", 16, "Callers that decide meanwhile, as fast as they can.");
        var rate = Number("--rate", 2_000, "Other events a second meanwhile.");
        var command = new Command("optout", "Time from an opt-out event's send until the confirmation of an earlier decision is refused.")
        {
            service, samples, callers, rate,
        };
        command.SetAction((parsed, stop) => new OptOutLoad(
            parsed.GetRequiredValue(service), parsed.GetValue(samples), parsed.GetValue(callers), parsed.GetValue(rate)).RunAsync(Console.Out, stop));
        return command;
    }

    private static Option<string> Service() => new("--service")
    {
        Description = "WinBack.Service.dll, built in Release.",
        Required = true,
    };

    private static Option<int> Number(string name, int value, string description) =>
        new(name) { Description = $"{description} Default {value:N0}.", DefaultValueFactory = _ => value };
}
