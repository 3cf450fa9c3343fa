using System.CommandLine;
using WinBack.Cli.Service;

namespace WinBack.Cli.Decisions;

/// <summary><c>winback decision replay</c>: makes a kept decision again and says whether it is the same.</summary>
internal static class DecisionReplayCommand
{
    private const string Notes = """
        The service makes the decision again from what was kept with it (state, touches, request), with the playbook and the
        models of the versions that it names, and compares every field. Ends with 1 when something differs: then the program
        has changed what it does, or what is kept was changed.

        Examples:
          winback decision replay 3-7d9f2c1e-5b7a-4c1e-9a51-0d6f0c2f8e11
        """;

    internal static Command Build()
    {
        var id = new Argument<string>("decision") { Description = "Decision id, as DecideNextAction answered it." };
        var service = new ServiceArguments();
        var command = new NotedCommand("replay", "Makes a decision again, bit for bit, and says what differs.", Notes) { id };
        service.AddTo(command);
        command.SetAction((parsed, stop) => service.RunAsync(parsed, async channel =>
        {
            var request = new V1.ReplayDecisionRequest { DecisionId = parsed.GetRequiredValue(id) };
            V1.ReplayDecisionResponse replay = await new V1.DecisionService.DecisionServiceClient(channel)
                .ReplayDecisionAsync(request, cancellationToken: stop);
            Write(parsed.InvocationConfiguration.Output, replay);
            return replay.Identical ? ExitCode.Ok : ExitCode.BadInput;
        }));
        return command;
    }

    private static void Write(TextWriter text, V1.ReplayDecisionResponse replay)
    {
        V1.Decision decision = replay.Decision;
        text.WriteLine(FormattableString.Invariant(
            $"{decision.DecisionId}: customer {decision.CustomerId}, {decision.DecideTime.ToDateTime():u}"));
        text.WriteLine($"playbook {decision.Evidence.PlaybookVersion}, models {string.Join(", ", decision.Evidence.ModelVersions)}");
        text.WriteLine(FormattableString.Invariant(
            $"kept in {replay.KeptSizeBytes:N0} bytes, {replay.InputSizeBytes:N0} of them for replays"));
        foreach (V1.FieldDifference difference in replay.Differences)
            text.WriteLine($"  {difference.Field}: kept {Shown(difference.Kept)}, again {Shown(difference.Again)}");
        text.WriteLine(replay.Identical ? "identical, bit for bit" : $"{replay.Differences.Count} fields differ");
    }

    private static string Shown(string value) => value.Length > 0 ? value : "nothing";
}
