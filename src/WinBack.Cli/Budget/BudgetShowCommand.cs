using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using WinBack.Cli.Arguments;
using WinBack.Cli.Service;

namespace WinBack.Cli.Budget;

/// <summary><c>winback budget show</c>: what each cap leaves a customer, and which channels may be used.</summary>
internal static class BudgetShowCommand
{
    private const string Notes = """
        Reads only. With --as-of it says what will be at an instant to come, if nothing else happens; with --with what would
        be if a cap had another limit.

        Examples:
          winback budget show 17850
          winback budget show 17850 --as-of 2026-03-01T09:00:00Z --with email_7d=2
        """;

    internal static Command Build()
    {
        var customer = new Argument<string>("customer") { Description = "Customer id." };
        Option<DateTimeOffset?> asOf = TimeArguments.Instant("--as-of", "An instant to come. Default: now.");
        var with = new Option<string[]>("--with") { Description = "A cap and the limit to assume, e.g. email_7d=2; may be repeated." };
        var service = new ServiceArguments();
        var command = new NotedCommand("show", "Says what the caps leave a customer.", Notes) { customer, asOf, with };
        service.AddTo(command);
        command.SetAction((parsed, stop) => service.RunAsync(parsed, async channel =>
        {
            var request = new V1.GetContactBudgetRequest
            {
                CustomerId = parsed.GetRequiredValue(customer), AsOfTime = parsed.GetValue(asOf)?.ToTimestamp(),
            };
            request.CapOverrides.AddRange((parsed.GetValue(with) ?? []).Select(Override));
            V1.ContactBudget budget = await new V1.CustomerService.CustomerServiceClient(channel)
                .GetContactBudgetAsync(request, cancellationToken: stop);
            BudgetText.Write(parsed.InvocationConfiguration.Output, budget);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static V1.CapOverride Override(string text)
    {
        string[] parts = text.Split('=');
        return parts.Length == 2 && int.TryParse(parts[1], out int limit)
            ? new V1.CapOverride { Name = parts[0], Limit = limit }
            : throw new BadInputException($"--with {text}: give a cap and a limit, e.g. email_7d=2");
    }
}
