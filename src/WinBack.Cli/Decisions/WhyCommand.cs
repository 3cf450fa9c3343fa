using System.CommandLine;
using WinBack.Cli.Service;
using WinBack.Core.Decisions;

namespace WinBack.Cli.Decisions;

/// <summary><c>winback why</c>: why a customer gets what it gets, and what would have to be otherwise.</summary>
internal static class WhyCommand
{
    private const string Notes = """
        Of a decision that is kept, or of what would be decided for a customer now. Every action is listed with the rules and
        caps that turn it down, and with the single changes that would make it eligible, the nearest first. Each was really
        tried by deciding again. Reserves nothing.

        Examples:
          winback why 3-7d9f2c1e-5b7a-4c1e-9a51-0d6f0c2f8e11
          winback why 12939 --action welcome_back_mail
        """;

    internal static Command Build()
    {
        var subject = new Argument<string>("customer|decision") { Description = "Customer id, or decision id." };
        var action = new Option<string?>("--action") { Description = "Shows this action only." };
        var service = new ServiceArguments();
        var command = new NotedCommand("why", "Says why a customer gets this, or nothing, and what would change it.", Notes) { subject, action };
        service.AddTo(command);
        command.SetAction((parsed, stop) => service.RunAsync(parsed, async channel =>
        {
            string about = parsed.GetRequiredValue(subject);
            bool isDecision = DecisionId.TryParse(about, out _);
            var request = new V1.ExplainDecisionRequest { DecisionId = isDecision ? about : "", CustomerId = isDecision ? "" : about };
            V1.ExplainDecisionResponse why = await new V1.DecisionService.DecisionServiceClient(channel)
                .ExplainDecisionAsync(request, cancellationToken: stop);
            WhyText.Write(parsed.InvocationConfiguration.Output, why, parsed.GetValue(action));
            return ExitCode.Ok;
        }));
        return command;
    }
}
