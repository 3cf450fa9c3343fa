using Grpc.Core;
using WinBack.V1;
using static WinBack.V1.Decision.Types;
using Status = WinBack.V1.Decision.Types.Status;

namespace WinBack.IntegrationTests.Service;

/// <summary>What becomes of a reservation: confirmed, released, or refused because the customer moved on.</summary>
[Collection(ServiceCollection.Name)]
public sealed class ConfirmationTests(ServiceFixture fixture)
{
    private readonly RunningService _service = fixture.Service;

    [Fact]
    public async Task Reserved_Confirmed_CanBeReadAndNotReleased()
    {
        string id = await ReserveAsync("confirmed");

        Decision confirmed = (await _service.Decisions.ConfirmDecisionAsync(new ConfirmDecisionRequest { DecisionId = id })).Decision;
        Decision again = (await _service.Decisions.ConfirmDecisionAsync(new ConfirmDecisionRequest { DecisionId = id })).Decision;
        RpcException e = await Assert.ThrowsAsync<RpcException>(
            () => _service.Decisions.ReleaseDecisionAsync(new ReleaseDecisionRequest { DecisionId = id }).ResponseAsync);
        Decision basic = await _service.Decisions.GetDecisionAsync(new GetDecisionRequest { DecisionId = id });
        Decision full = await _service.Decisions.GetDecisionAsync(new GetDecisionRequest { DecisionId = id, View = DecisionView.Full });

        Assert.Equal(Status.Confirmed, confirmed.Status);
        Assert.Equal(confirmed, again);
        Assert.Equal((StatusCode.FailedPrecondition, "DECISION_CONFIRMED"), (e.StatusCode, ErrorDetails.Of(e).Reason));
        Assert.Equal(confirmed, basic);
        Assert.Null(basic.Evidence);
        Assert.NotEmpty(full.Evidence.Rejections);
        full.Evidence = null;
        Assert.Equal(basic, full);
    }

    [Fact]
    public async Task Reserved_Released_GivesThePlaceBack()
    {
        string id = await ReserveAsync("released");

        Decision released = (await _service.Decisions.ReleaseDecisionAsync(new ReleaseDecisionRequest { DecisionId = id })).Decision;
        string reason = await RefusedAsync(id);
        Decision next = await _service.DecideAsync("released");

        Assert.Equal(Status.Released, released.Status);
        Assert.Equal("DECISION_RELEASED", reason);
        Assert.Equal(Kind.Action, next.Kind);
    }

    [Fact]
    public async Task OptOutSinceTheDecision_ConfirmIsRefused()
    {
        string id = await ReserveAsync("opted-out");
        await _service.FoldAsync(Events.Consent("opted-out", V1.Channel.Email, ConsentEvent.Types.Kind.Withdrawn, _service.Now));
        Assert.Equal("CONSENT_WITHDRAWN", await RefusedAsync(id));
    }

    [Fact]
    public async Task PurchaseSinceTheDecision_ConfirmIsRefused()
    {
        string id = await ReserveAsync("came-back");
        await _service.FoldAsync(Events.Purchase("came-back", _service.Now));
        Assert.Equal("CUSTOMER_REENGAGED", await RefusedAsync(id));
    }

    [Fact]
    public async Task BounceSinceTheDecision_ConfirmIsRefused()
    {
        string id = await ReserveAsync("bounced");
        await _service.FoldAsync(Events.Consent("bounced", V1.Channel.Email, ConsentEvent.Types.Kind.AddressBounced, _service.Now));
        Assert.Equal("ADDRESS_BOUNCED", await RefusedAsync(id));
    }

    [Fact]
    public async Task NothingReserved_ConfirmIsRefused()
    {
        Decision decision = await _service.DecideAsync("nobody-to-confirm");
        Assert.Equal("NOTHING_RESERVED", await RefusedAsync(decision.DecisionId));
    }

    [Fact]
    public async Task UnknownDecision_IsNotFoundByAnyMethod()
    {
        string id = $"3-{RunningService.NewId()}";
        Func<Task>[] calls =
        [
            () => _service.Decisions.ConfirmDecisionAsync(new ConfirmDecisionRequest { DecisionId = id }).ResponseAsync,
            () => _service.Decisions.ReleaseDecisionAsync(new ReleaseDecisionRequest { DecisionId = id }).ResponseAsync,
            () => _service.Decisions.GetDecisionAsync(new GetDecisionRequest { DecisionId = id }).ResponseAsync,
            () => _service.Decisions.GetDecisionAsync(new GetDecisionRequest { DecisionId = "99" + id }).ResponseAsync,
        ];
        foreach (Func<Task> call in calls)
        {
            RpcException e = await Assert.ThrowsAsync<RpcException>(call);
            Assert.Equal((StatusCode.NotFound, "DECISION_NOT_FOUND"), (e.StatusCode, ErrorDetails.Of(e).Reason));
        }
    }

    private async Task<string> ReserveAsync(string customer)
    {
        await _service.FoldAsync(Events.Orders(customer, lastDaysAgo: 100, _service.Now));
        Decision decision = await _service.DecideAsync(customer);
        Assert.Equal((Kind.Action, V1.Channel.Email), (decision.Kind, decision.Channel));
        return decision.DecisionId;
    }

    private async Task<string> RefusedAsync(string id)
    {
        RpcException e = await Assert.ThrowsAsync<RpcException>(
            () => _service.Decisions.ConfirmDecisionAsync(new ConfirmDecisionRequest { DecisionId = id }).ResponseAsync);
        Assert.Equal(StatusCode.FailedPrecondition, e.StatusCode);
        Assert.Equal("winback.v1", ErrorDetails.Of(e).Domain);
        return ErrorDetails.Of(e).Reason;
    }
}
