using System.CommandLine;
using Google.Protobuf;
using Grpc.Core;
using WinBack.Cli.Service;

namespace WinBack.Cli.Customers;

/// <summary><c>winback customer</c>: one customer's history, and what a customer may ask for.</summary>
internal static class CustomerCommand
{
    internal static Command Build() => new("customer", "Lists, exports, suppresses or erases one customer.")
    {
        Decisions(), Suppress(), Erase(), Export(),
    };

    private static Command Decisions()
    {
        var count = new Option<int>("--count") { Description = "How many, newest first. Default: 20.", DefaultValueFactory = _ => 20 };
        Command command = Build(
            "decisions", "Lists the decisions that are kept of a customer, newest first.",
            """
            Actions are kept for Redis:DecisionRetention of the service (35 days), answers to send nothing for
            Redis:NoActionRetention (2 days).

            Examples:
              winback customer decisions 12939
              winback customer decisions 12939 --count 100
            """,
            (parsed, channel, customer, stop) =>
            {
                var client = new V1.DecisionService.DecisionServiceClient(channel);
                return ListAsync(parsed.InvocationConfiguration.Output, client, customer, parsed.GetValue(count), stop);
            });
        command.Options.Add(count);
        return command;
    }

    private static Command Suppress()
    {
        var channels = new Option<string[]>("--channel")
        {
            Description = "Channel to close, e.g. email; may be repeated. Default: all.", AllowMultipleArgumentsPerToken = true,
        };
        Command command = Build(
            "suppress", "Withdraws a customer's consent at once.",
            """
            When it returns, no decision made before is confirmed any more, and none is made on these channels. It also sends the
            consent events, which make it last. A consent granted later opens a channel again; transactional messages still go out.

            Examples:
              winback customer suppress 12939
              winback customer suppress 12939 --channel email --channel sms
            """,
            async (parsed, channel, customer, stop) =>
            {
                var request = new V1.SuppressCustomerRequest { CustomerId = customer };
                foreach (string name in parsed.GetValue(channels) ?? []) request.Channels.Add(ChannelOf(name));
                V1.SuppressCustomerResponse response = await new V1.CustomerService.CustomerServiceClient(channel)
                    .SuppressCustomerAsync(request, cancellationToken: stop);
                foreach (V1.SuppressedChannel closed in response.Suppression.Channels)
                    await parsed.InvocationConfiguration.Output.WriteLineAsync(
                        $"{closed.Channel.ToString().ToLowerInvariant()}: closed since {closed.SuppressTime.ToDateTime():u}");
            });
        command.Options.Add(channels);
        return command;
    }

    private static Command Erase() => Build(
        "erase", "Forgets a customer, for good.",
        """
        At once nothing is decided or confirmed any more; touches and decisions are taken away, and an event leaves a tombstone
        in the place of the state, which no replay resurrects. Records on Kafka's topics go with their retention.

        Examples:
          winback customer erase 12939
        """,
        async (parsed, channel, customer, stop) =>
        {
            V1.EraseCustomerResponse response = await new V1.CustomerService.CustomerServiceClient(channel)
                .EraseCustomerAsync(new V1.EraseCustomerRequest { CustomerId = customer }, cancellationToken: stop);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                $"erased since {response.EraseTime.ToDateTime():u}; {response.ErasedDecisions} decisions taken away");
        });

    private static Command Export() => Build(
        "export", "Writes everything that is kept of a customer, a JSON record a line.",
        """
        Records are winback.v1.ExportCustomerResponse as protobuf JSON: customer, touches, suppression, then every decision.

        Examples:
          winback customer export 12939 > 12939.jsonl
        """,
        async (parsed, channel, customer, stop) =>
        {
            using AsyncServerStreamingCall<V1.ExportCustomerResponse> call = new V1.CustomerService.CustomerServiceClient(channel)
                .ExportCustomer(new V1.ExportCustomerRequest { CustomerId = customer }, cancellationToken: stop);
            while (await call.ResponseStream.MoveNext(stop))
                await parsed.InvocationConfiguration.Output.WriteLineAsync(JsonFormatter.Default.Format(call.ResponseStream.Current));
        });

    private static NotedCommand Build(
        string name, string description, string notes, Func<ParseResult, ChannelBase, string, CancellationToken, Task> run)
    {
        var customer = new Argument<string>("customer") { Description = "Customer id." };
        var service = new ServiceArguments();
        var command = new NotedCommand(name, description, notes) { customer };
        service.AddTo(command);
        command.SetAction((parsed, stop) => service.RunAsync(parsed, async channel =>
        {
            await run(parsed, channel, parsed.GetRequiredValue(customer), stop);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static async Task ListAsync(
        TextWriter text, V1.DecisionService.DecisionServiceClient client, string customer, int count, CancellationToken stop)
    {
        string token = "";
        for (int left = count; left > 0;)
        {
            V1.ListDecisionsResponse page = await client.ListDecisionsAsync(
                new V1.ListDecisionsRequest { CustomerId = customer, PageSize = left, PageToken = token }, cancellationToken: stop);
            foreach (V1.Decision decision in page.Decisions)
                await text.WriteLineAsync(
                    $"{decision.DecideTime.ToDateTime():u}  {decision.DecisionId}  {decision.Status.ToString().ToLowerInvariant(),-9}  "
                    + (decision.Action.Length > 0 ? decision.Action : "nothing: " + decision.Reasons.FirstOrDefault()));
            left -= Math.Max(1, page.Decisions.Count);
            if ((token = page.NextPageToken).Length == 0) return;
        }
    }

    private static V1.Channel ChannelOf(string name) =>
        Core.Policy.Names.TryParse(name, out Core.Events.Channel channel)
            ? (V1.Channel)channel
            : throw new BadInputException($"--channel {name}: use {string.Join(", ", Core.Policy.Names.All<Core.Events.Channel>())}");
}
