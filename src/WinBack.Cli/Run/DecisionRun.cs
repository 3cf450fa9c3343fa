using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Grpc.Net.Client;
using WinBack.V1;

namespace WinBack.Cli.Run;

/// <summary>Asks the service what to send: a preview for every customer, then decisions for some that show the range.</summary>
internal sealed partial class DecisionRun : IDisposable
{
    private const int Callers = 16;
    private const int ActionsShown = 10;
    private const int NoActionsShown = 5;
    private const int AskedAgain = 2;
    private const int ReportEvery = 100;
    private readonly GrpcChannel _channel;
    private readonly DecisionService.DecisionServiceClient _client;
    private Decision[] _previews = [];

    internal DecisionRun(string address)
    {
        _channel = GrpcChannel.ForAddress(address);
        _client = new DecisionService.DecisionServiceClient(_channel);
    }

    /// <summary>A customer for whom there is something to do, when there is one.</summary>
    internal string Example { get; private set; } = "";

    public void Dispose() => _channel.Dispose();

    /// <returns>A line that says how many and how fast.</returns>
    internal async Task<string> PreviewAsync(IReadOnlyList<string> customers, Action<double, string> report, CancellationToken stop)
    {
        var previews = new Decision[customers.Count];
        int done = 0;
        long started = Stopwatch.GetTimestamp();
        var callers = new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = stop };
        await Parallel.ForAsync(0, previews.Length, callers, async (i, cancel) =>
        {
            var request = new DecideNextActionRequest { CustomerId = customers[i], ValidateOnly = true };
            previews[i] = (await _client.DecideNextActionAsync(request, cancellationToken: cancel)).Decision;
            if (Interlocked.Increment(ref done) is var n && n % ReportEvery != 0) return;
            lock (previews) report((double)n / previews.Length, $"{n} previews");
        });
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        _previews = previews;
        int actions = previews.Count(p => p.Kind == Decision.Types.Kind.Action);
        string rate = string.Create(
            CultureInfo.InvariantCulture,
            $"{previews.Length:N0} previews in {seconds:N1} s ({previews.Length / seconds:N0}/s, {Callers} callers)");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{rate}: {actions:N0} would be contacted now, {previews.Length - actions:N0} not{HeldOut(previews)}");
    }

    /// <summary>Decides for real and prints the tables.</summary>
    internal async Task DecideAsync(TextWriter text, CancellationToken stop)
    {
        string[] contacted = Pick(Decision.Types.Kind.Action, d => $"{d.Action}/{d.Channel}/{d.Offer}", ActionsShown);
        string[] spared = Pick(Decision.Types.Kind.NoAction, Rules, NoActionsShown);
        Example = contacted.FirstOrDefault() ?? spared.FirstOrDefault() ?? "";
        Decision[] decided = await DecideAllAsync([.. contacted, .. spared], stop);
        // Asked for a second time, the caps know of the first.
        Decision[] again = await DecideAllAsync(contacted.Take(AskedAgain), stop);
        DecisionTables.PrintActions(text, "What to send now", [.. decided.Where(d => d.Kind == Decision.Types.Kind.Action)]);
        DecisionTables.PrintNothing(
            text, $"Nothing to send now, and why (the last {again.Length} were asked for a second time)",
            [.. decided.Where(d => d.Kind == Decision.Types.Kind.NoAction), .. again]);
    }

    /// <summary>Who is held out gets nothing for a reason of its own, and is not silently missing (rules E2).</summary>
    private static string HeldOut(Decision[] previews)
    {
        int count = previews.Count(
            p => p.Kind == Decision.Types.Kind.NoAction && p.Reasons.Any(r => r.StartsWith("E2: held out", StringComparison.Ordinal)));
        return count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {count:N0} of them because they are held out (E2)");
    }

    /// <summary>The rules that an answer names first: customers who get nothing for the same ones are of a kind.</summary>
    private static string Rules(Decision d) =>
        string.Join(' ', RulePattern().Matches(d.Reasons.FirstOrDefault() ?? "").Select(match => match.Value).Distinct());

    /// <summary>The first customers of every kind of answer in turn, the commonest kinds first, so that few rows show the whole range.</summary>
    private string[] Pick(Decision.Types.Kind kind, Func<Decision, string> group, int count) =>
        _previews.Where(p => p.Kind == kind)
            .GroupBy(group)
            .SelectMany(g => Ranked(g).Select((decision, rank) => (decision, rank, kind: g.Count())))
            .OrderBy(x => x.rank).ThenByDescending(x => x.decision.ExpectedValueMicros).ThenByDescending(x => x.kind)
            .ThenBy(x => x.decision.CustomerId, StringComparer.Ordinal)
            .Select(x => x.decision)
            .Take(count).Select(decision => decision.CustomerId).ToArray();

    private static IEnumerable<Decision> Ranked(IEnumerable<Decision> decisions) =>
        decisions.OrderByDescending(d => d.ExpectedValueMicros).ThenBy(d => d.CustomerId, StringComparer.Ordinal);

    private async Task<Decision[]> DecideAllAsync(IEnumerable<string> customers, CancellationToken stop)
    {
        var decisions = new List<Decision>();
        foreach (string customer in customers)
        {
            // The id comes from the caller in production too: it is what makes a retry safe.
            var request = new DecideNextActionRequest { CustomerId = customer, RequestId = RequestIds.New() };
            decisions.Add((await _client.DecideNextActionAsync(request, cancellationToken: stop)).Decision);
        }

        return [.. decisions];
    }

    [GeneratedRegex(@"\b[A-Z][0-9]{1,2}\b")]
    private static partial Regex RulePattern();
}
