using System.CommandLine;
using WinBack.Cli.Service;

namespace WinBack.Cli.Budget;

/// <summary><c>winback budget history</c>: who reset a customer's budget, when and why.</summary>
internal static class BudgetHistoryCommand
{
    private const string Notes = """
        Examples:
          winback budget history 17850
        """;

    internal static Command Build()
    {
        var customer = new Argument<string>("customer") { Description = "Customer id." };
        var service = new ServiceArguments();
        var command = new NotedCommand("history", "Lists resets of a customer's budget, the latest first.", Notes) { customer };
        service.AddTo(command);
        command.SetAction((parsed, stop) => service.RunAsync(parsed, async channel =>
        {
            var request = new V1.ListBudgetResetsRequest { CustomerId = parsed.GetRequiredValue(customer) };
            V1.ListBudgetResetsResponse response = await new V1.CustomerService.CustomerServiceClient(channel)
                .ListBudgetResetsAsync(request, cancellationToken: stop);
            TextWriter text = parsed.InvocationConfiguration.Output;
            if (response.Resets.Count == 0) text.WriteLine("never reset");
            foreach (V1.BudgetReset reset in response.Resets) BudgetText.Write(text, reset);
            return ExitCode.Ok;
        }));
        return command;
    }
}
