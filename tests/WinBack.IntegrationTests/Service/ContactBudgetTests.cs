using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WinBack.IntegrationTests.Cli;
using WinBack.V1;
using Channel = WinBack.V1.Channel;

namespace WinBack.IntegrationTests.Service;

/// <summary>Contact budgets of a running service, and <c>winback budget</c>.</summary>
[Collection(ServiceCollection.Name)]
public sealed class ContactBudgetTests(ServiceFixture fixture)
{
    private readonly RunningService _service = fixture.Service;

    [Fact]
    [Trait("Rule", "C2")]
    public async Task Budget_OfADecision_IsUsedShownAndReset()
    {
        await _service.FoldAsync(Events.Orders("budget", lastDaysAgo: 100, _service.Now));
        Decision decision = await _service.DecideAsync("budget");
        CapBudget any = await CapAsync("any_3d");
        Assert.Equal((0, 1, 0), (any.Used, any.Reserved, any.Free));
        await _service.Decisions.ConfirmDecisionAsync(new ConfirmDecisionRequest { DecisionId = decision.DecisionId });
        any = await CapAsync("any_3d");
        Assert.Equal((1, 0, 0), (any.Used, any.Reserved, any.Free));
        Assert.Equal(1, (await CapAsync("any_3d", new CapOverride { Name = "any_3d", Limit = 2 })).Free);
        Assert.Equal(1, (await CapAsync("any_3d", asOf: any.NextFreeTime)).Free);
        ContactBudget all = await GetAsync();
        Assert.True(Of(all, Channel.Email).Permitted);
        Assert.False(Of(all, Channel.Sms).Permitted);

        (int code, string output, string error) = await CommandLine.RunAsync(
            "budget", "reset", "budget", "--reason", "a test", "--by", "tester", "--cap", "any_3d", "--service", _service.Process.Grpc);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("any_3d/all: 1 places", output, StringComparison.Ordinal);
        Assert.Equal(1, (await CapAsync("any_3d")).Free);
        Assert.Equal(1, (await CapAsync("any_14d")).Used);
        (_, string history, _) = await CommandLine.RunAsync("budget", "history", "budget", "--service", _service.Process.Grpc);
        Assert.Contains("by tester: a test", history, StringComparison.Ordinal);
        (_, string shown, _) = await CommandLine.RunAsync("budget", "show", "budget", "--service", _service.Process.Grpc);
        Assert.Contains("any_14d/all", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Budget_WrongRequests_AreRefusedFieldByField()
    {
        RpcException nobody = await Assert.ThrowsAsync<RpcException>(
            async () => await _service.Customers.GetContactBudgetAsync(new GetContactBudgetRequest { CustomerId = "budget-nobody" }));
        RpcException wrong = await Assert.ThrowsAsync<RpcException>(async () => await _service.Customers.ResetContactBudgetAsync(
            new ResetContactBudgetRequest { CustomerId = "budget", Caps = { "sequence", "nonsense" }, RequestId = RunningService.NewId() }));
        Assert.Equal(StatusCode.NotFound, nobody.StatusCode);
        Assert.Equal(StatusCode.InvalidArgument, wrong.StatusCode);
        foreach (string field in new[] { "actor", "reason", "caps" }) Assert.Contains(field, wrong.Status.Detail, StringComparison.Ordinal);
    }

    private static ChannelBudget Of(ContactBudget budget, Channel channel) => budget.Channels.Single(c => c.Channel == channel);

    private async Task<ContactBudget> GetAsync(CapOverride? with = null, Timestamp? asOf = null)
    {
        var request = new GetContactBudgetRequest { CustomerId = "budget", AsOfTime = asOf };
        if (with is not null) request.CapOverrides.Add(with);
        return await _service.Customers.GetContactBudgetAsync(request);
    }

    private async Task<CapBudget> CapAsync(string name, CapOverride? with = null, Timestamp? asOf = null) =>
        (await GetAsync(with, asOf)).Caps.Single(cap => cap.Name == name);
}
