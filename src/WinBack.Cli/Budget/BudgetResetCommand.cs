using System.CommandLine;
using WinBack.Cli.Run;
using WinBack.Cli.Service;

namespace WinBack.Cli.Budget;

/// <summary><c>winback budget reset</c>: takes what counts under caps of a customer off.</summary>
internal static class BudgetResetCommand
{
    private const string Notes = """
        For a customer whose touches were counted by mistake, or who asked to be contacted again. What is only reserved stays.
        Who did it, when and why is kept as long as caps are: 'winback budget history'. The sequence of touches is no budget
        and cannot be reset.

        Examples:
          winback budget reset 17850 --reason "test messages of 3 March"
          winback budget reset 17850 --cap email_7d --reason "asked for another copy" --validate-only
        """;

    internal static Command Build()
    {
        var customer = new Argument<string>("customer") { Description = "Customer id." };
        var caps = new Option<string[]>("--cap") { Description = "Name of a cap; may be repeated. Default: all." };
        var by = new Option<string>("--by")
        {
            Description = "Who does it, for the audit trail. Default: the user of this machine.", DefaultValueFactory = _ => Environment.UserName,
        };
        var reason = new Option<string>("--reason") { Description = "Why, for the audit trail.", Required = true };
        var trial = new Option<bool>("--validate-only") { Description = "Says what would come of it; changes nothing." };
        var service = new ServiceArguments();
        var command = new NotedCommand("reset", "Takes what counts under caps of a customer off.", Notes) { customer, caps, by, reason, trial };
        service.AddTo(command);
        command.SetAction((parsed, stop) => service.RunAsync(parsed, async channel =>
        {
            var request = new V1.ResetContactBudgetRequest
            {
                CustomerId = parsed.GetRequiredValue(customer), Actor = parsed.GetRequiredValue(by), Reason = parsed.GetRequiredValue(reason),
                RequestId = RequestIds.New(), ValidateOnly = parsed.GetValue(trial),
            };
            request.Caps.AddRange(parsed.GetValue(caps) ?? []);
            V1.ResetContactBudgetResponse response = await new V1.CustomerService.CustomerServiceClient(channel)
                .ResetContactBudgetAsync(request, cancellationToken: stop);
            TextWriter text = parsed.InvocationConfiguration.Output;
            if (request.ValidateOnly) text.WriteLine("Would be:");
            BudgetText.Write(text, response.Reset);
            return ExitCode.Ok;
        }));
        return command;
    }
}
