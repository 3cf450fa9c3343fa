using Grpc.Core;
using WinBack.IntegrationTests.Cli;
using WinBack.V1;
using static WinBack.V1.Decision.Types;
using ChangeKind = WinBack.V1.EligibilityChange.Types.Kind;

namespace WinBack.IntegrationTests.Service;

/// <summary>Why an action is eligible or not, and which single change makes it so; and decisions under assumptions.</summary>
[Collection(ServiceCollection.Name)]
public sealed class ExplainTests(ServiceFixture fixture)
{
    private readonly RunningService _service = fixture.Service;

    /// <summary>What the explanation says would help is done, and helps.</summary>
    [Fact]
    public async Task NoConsentForAChannel_ExplainedThenGranted_TheActionIsEligible()
    {
        await _service.FoldAsync(Events.Orders("why-consent", lastDaysAgo: 100, _service.Now));
        await _service.FoldAsync(Events.Consent("why-consent", V1.Channel.Email, ConsentEvent.Types.Kind.Withdrawn, _service.Now));
        ExplainDecisionResponse before = await ExplainAsync("why-consent");
        ActionExplanation mail = before.Actions.First(a => a.Changes.Any(c => c.Kind == ChangeKind.Consent && c.Channel == V1.Channel.Email));
        Assert.False(mail.Eligible);
        Assert.Contains(mail.Rejections, rejection => rejection.Rule == "C1");
        Assert.Contains(mail.Changes, change => change.Text == "with consent for email");

        await _service.FoldAsync(Events.Consent("why-consent", V1.Channel.Email, ConsentEvent.Types.Kind.Granted, _service.Now));

        Assert.True((await ExplainAsync("why-consent")).Actions.Single(action => action.Action == mail.Action).Eligible);
    }

    [Fact]
    public async Task NotLapsedYet_WaitIsTheChange_AndASimulationThenAgrees()
    {
        await _service.FoldAsync(Events.Orders("why-wait", lastDaysAgo: 20, _service.Now));
        ExplainDecisionResponse why = await ExplainAsync("why-wait");
        Assert.Equal(Kind.NoAction, why.Decision.Kind);
        (ActionExplanation action, EligibilityChange wait) = why.Actions
            .SelectMany(a => a.Changes.Where(c => c.Kind == ChangeKind.Wait).Select(c => (a, c))).MinBy(found => found.c.Time.ToDateTime());
        Assert.Equal(why.Decision.NextEligibleTime.ToDateTime(), wait.Time.ToDateTime(), TimeSpan.FromMilliseconds(1));
        Assert.StartsWith("after ", wait.Text, StringComparison.Ordinal);

        var request = new SimulateDecisionRequest { CustomerId = "why-wait", DecideTime = wait.Time, View = DecisionView.Full };
        Decision then = (await _service.Decisions.SimulateDecisionAsync(request)).Decision;

        Assert.Equal(Kind.Action, then.Kind);
        Assert.Contains(action.Action, then.Evidence.Ranking.Select(candidate => candidate.Action));
    }

    [Fact]
    public async Task CapIsFull_OfTheKeptDecision_TheLimitThatLeavesRoomIsNamed()
    {
        await _service.FoldAsync(Events.Orders("why-cap", lastDaysAgo: 100, _service.Now));
        await _service.DecideAsync("why-cap");
        Decision capped = await _service.DecideAsync("why-cap", view: DecisionView.Full);
        // What is released since must not change why it was so.
        string first = (await _service.Decisions.ListDecisionsAsync(new ListDecisionsRequest { CustomerId = "why-cap" })).Decisions[1].DecisionId;
        await _service.Decisions.ReleaseDecisionAsync(new ReleaseDecisionRequest { DecisionId = first });

        ExplainDecisionResponse why = await _service.Decisions.ExplainDecisionAsync(new ExplainDecisionRequest { DecisionId = capped.DecisionId });

        ActionExplanation action = why.Actions.First(a => a.Changes.Any(c => c.Kind == ChangeKind.CapLimit));
        EligibilityChange wider = action.Changes.First(change => change.Kind == ChangeKind.CapLimit);
        Assert.Contains(action.Rejections, rejection => rejection.Stage == "cap" && rejection.Rule == "C2 " + wider.Cap);
        Assert.Equal($"with cap {wider.Limit} ({wider.Cap})", wider.Text);
        Assert.Equal(capped.Evidence.Ranking.Single(c => c.Action == action.Action).Caps.Select(at => capped.Evidence.Caps[at])
            .Single(cap => cap.Key == wider.Cap).Limit + 1, wider.Limit);
        Assert.Contains(action.Changes, change => change.Kind == ChangeKind.Wait);
        Assert.Equal(capped, why.Decision);
    }

    [Fact]
    public async Task ChannelNotAskedFor_AskingIsTheChange()
    {
        await _service.FoldAsync(Events.Orders("why-channel", lastDaysAgo: 100, _service.Now));
        ExplainDecisionResponse why = await _service.Decisions.ExplainDecisionAsync(
            new ExplainDecisionRequest { CustomerId = "why-channel", Channels = { V1.Channel.Sms } });
        ActionExplanation action = why.Actions.First(a => a.Changes.Any(c => c.Kind == ChangeKind.AskChannel));
        Assert.Equal((V1.Channel.Email, "with channel email asked for"), (action.Channel, action.Changes[0].Text));
        Assert.Equal(2, why.Scores.Count);
    }

    [Fact]
    public async Task Command_SaysWhyAndWhatWouldChangeIt()
    {
        await _service.FoldAsync(Events.Orders("why-command", lastDaysAgo: 20, _service.Now));
        (int code, string output, string error) = await CommandLine.RunAsync("why", "why-command", "--service", _service.Process.Grpc);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("would be eligible after ", output, StringComparison.Ordinal);
        Assert.Contains("lapse L4: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SubjectsWrong_AreToldAtOnce()
    {
        await RefusedAsync(new ExplainDecisionRequest(), "decision_id");
        await RefusedAsync(new ExplainDecisionRequest { DecisionId = "7", CustomerId = "c" }, "decision_id", "decision_id");
        await RefusedAsync(
            new ExplainDecisionRequest { DecisionId = $"1-{RunningService.NewId()}", Channels = { V1.Channel.Sms, 0 } }, "channels", "channels");
    }

    [Fact]
    public async Task Simulated_WithEventsStateAndPlaybook_DecidesOnThemAndKeepsNothing()
    {
        const string playbook = """
            name: simulated
            currency: GBP
            actions: [ { name: only_text, channel: sms, content: c, response_odds_ratio: 2 } ]
            """;
        var request = new SimulateDecisionRequest
        {
            CustomerId = "simulated",
            PlaybookYaml = playbook,
            View = DecisionView.Full,
            Events = { Events.Orders("simulated", lastDaysAgo: 100, _service.Now) },
            State = { new StateField { Name = "consent_sms", Value = "granted" } },
        };
        request.Events[0].EventId = "";
        request.Events[0].CustomerId = "";

        Decision decision = (await _service.Decisions.SimulateDecisionAsync(request)).Decision;
        request.State.Clear();
        Decision without = (await _service.Decisions.SimulateDecisionAsync(request)).Decision;

        Assert.Equal((Kind.Action, "only_text"), (decision.Kind, decision.Action));
        Assert.Equal("", decision.DecisionId);
        Assert.Equal(5, decision.Evidence.Features["purchases_lifetime"]);
        Assert.StartsWith("simulated@", decision.Evidence.PlaybookVersion, StringComparison.Ordinal);
        Assert.Equal("A12", Assert.Single(without.Evidence.Rejections).Rule);
        RpcException unknown = await Assert.ThrowsAsync<RpcException>(
            () => _service.Customers.GetCustomerAsync(new GetCustomerRequest { CustomerId = "simulated" }).ResponseAsync);
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task SimulationWrong_EveryFieldIsNamed()
    {
        var request = new SimulateDecisionRequest
        {
            CustomerId = "simulated-wrong",
            Events = { Events.Purchase("simulated-wrong", _service.Now) },
            State = { new StateField { Name = "tiles", Value = "1" }, new StateField { Name = "last_login", Value = "soon" } },
        };
        request.Events[0].Billing.Amount = null;
        RpcException wrong = await Assert.ThrowsAsync<RpcException>(() => _service.Decisions.SimulateDecisionAsync(request).ResponseAsync);
        RpcException yaml = await Assert.ThrowsAsync<RpcException>(() => _service.Decisions.SimulateDecisionAsync(
            new SimulateDecisionRequest { PlaybookYaml = "name: {" }).ResponseAsync);
        RpcException version = await Assert.ThrowsAsync<RpcException>(() => _service.Decisions.SimulateDecisionAsync(
            new SimulateDecisionRequest { CustomerId = "c", ChurnVersion = "0123456789ab" }).ResponseAsync);

        Assert.Equal(["events[0]", "state[0]", "state[1]"], ErrorDetails.Of(wrong).Fields);
        Assert.Equal(["customer_id", "playbook_yaml"], ErrorDetails.Of(yaml).Fields);
        Assert.Equal((StatusCode.NotFound, "VERSION_NOT_FOUND"), (version.StatusCode, ErrorDetails.Of(version).Reason));
    }

    private async Task<ExplainDecisionResponse> ExplainAsync(string customer) =>
        await _service.Decisions.ExplainDecisionAsync(new ExplainDecisionRequest { CustomerId = customer });

    private async Task RefusedAsync(ExplainDecisionRequest request, params string[] fields)
    {
        RpcException e = await Assert.ThrowsAsync<RpcException>(() => _service.Decisions.ExplainDecisionAsync(request).ResponseAsync);
        Assert.Equal(StatusCode.InvalidArgument, e.StatusCode);
        Assert.Equal(fields, ErrorDetails.Of(e).Fields);
    }
}
