using Grpc.Core;
using WinBack.Core.Features;
using WinBack.V1;

namespace WinBack.IntegrationTests.Service;

/// <summary>From events on Kafka to an answer over gRPC, through a real service, broker and Redis.</summary>
[Collection(ServiceCollection.Name)]
public sealed class EventsToDecisionsTests(ServiceFixture fixture)
{
    private readonly RunningService _service = fixture.Service;

    [Fact]
    public async Task Purchases_Folded_CustomerShowsStateFeaturesAndWatermark()
    {
        CustomerEvent[] orders = Events.Orders("shown", lastDaysAgo: 100, _service.Now);
        await _service.FoldAsync(orders);

        Customer customer = await _service.Customers.GetCustomerAsync(new GetCustomerRequest { CustomerId = "shown" });

        Assert.Equal(orders[0].EventTime, customer.FirstEventTime);
        Assert.Equal(orders[^1].EventTime, customer.LastEventTime);
        Assert.Equal(("5", "count"), State(customer, "lifetime_purchases"));
        Assert.Equal(("500000000", "micros"), State(customer, "lifetime_purchase_micros"));
        Assert.Equal(("lamps", ""), State(customer, "last_category_bought"));
        Assert.Equal(FeatureSchema.Default.Names, customer.Features.Select(feature => feature.Name));
        Assert.Equal(FeatureSchema.Default.Features.Select(f => f.Unit), customer.Features.Select(feature => feature.Unit));
        Assert.Equal(FeatureSchema.Default.Hash, customer.FeatureSchemaHash);
        Assert.Equal(5, Feature(customer, "purchases_lifetime").Value);
        Assert.Equal(100, Feature(customer, "days_since_last_purchase").Value, 0.01);
        Assert.False(Feature(customer, "days_since_last_login").HasValue);
        Assert.InRange(customer.StateSizeBytes, 50, 500);
        Assert.Equal(1, customer.Watermark.Epoch);
        Assert.True(customer.Watermark.NextOffsets["billing"] >= 5, customer.Watermark.ToString());
        Assert.Equal("unknown", customer.Channels.Single(c => c.Channel == V1.Channel.Email).Consent);
    }

    [Fact]
    public async Task Customer_AskedInFull_ShowsWhatEachFeatureAddsToTheScores()
    {
        await _service.FoldAsync(Events.Orders("explained", lastDaysAgo: 100, _service.Now));

        Customer basic = await _service.Customers.GetCustomerAsync(new GetCustomerRequest { CustomerId = "explained" });
        Customer full = await _service.Customers.GetCustomerAsync(
            new GetCustomerRequest { CustomerId = "explained", View = CustomerView.Full });
        RpcException refused = await Assert.ThrowsAsync<RpcException>(
            async () => await _service.Customers.GetCustomerAsync(new GetCustomerRequest { CustomerId = "explained", View = (CustomerView)9 }));

        Assert.Empty(basic.Scores);
        Assert.Equal(2, full.Scores.Count);
        Assert.Equal(1, full.LapseReason.Probabilities.Sum(reason => reason.Probability), 9);
        foreach (V1.ScoreExplanation score in full.Scores)
            Assert.Equal(score.RawScore, score.ExpectedScore + score.Contributions.Sum(c => c.Contribution), 1e-9);
        V1.FeatureContribution silence = full.Scores[0].Contributions.Single(c => c.Feature == "days_since_last_purchase");
        Assert.True(silence.Contribution > 0, silence.ToString());
        Assert.StartsWith("100 days since the last purchase raises churn by ", silence.Text, StringComparison.Ordinal);
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
    }

    [Fact]
    public async Task LapsedCustomer_Asked_GetsAnActionWithReasons()
    {
        await _service.FoldAsync(Events.Orders("lapsed", lastDaysAgo: 100, _service.Now));

        Decision decision = await _service.DecideAsync("lapsed", view: DecisionView.Full);

        Assert.Equal(Decision.Types.Kind.Action, decision.Kind);
        Assert.Equal(Decision.Types.Status.Reserved, decision.Status);
        Assert.Equal(V1.Channel.Email, decision.Channel);
        Assert.Contains("silent for 100 days", string.Join("; ", decision.Reasons), StringComparison.Ordinal);
        Assert.Equal("lamps", decision.ContentFacts["last_category_bought"]);
        Assert.True(decision.ExpectedValueMicros > 0);
        Assert.True(decision.ReservationExpireTime > decision.DecideTime);
        Assert.InRange(decision.ChurnProbability, 0.5, 1);
        Assert.Equal(decision.Action, decision.Evidence.Ranking[0].Action);
        Assert.NotEmpty(decision.Evidence.Rejections);
        Assert.Equal(FeatureSchema.Default.Count, decision.Evidence.FeatureValues.Count);
        Assert.Equal(5, decision.Evidence.Features["purchases_lifetime"]);
        Assert.Equal(2, decision.Evidence.ModelVersions.Count);
    }

    [Fact]
    public async Task ActiveCustomer_Asked_GetsNothingUntilTheLapse()
    {
        DateTimeOffset now = _service.Now;
        await _service.FoldAsync(Events.Orders("active", lastDaysAgo: 5, now));

        Decision decision = await _service.DecideAsync("active");

        Assert.Equal(Decision.Types.Kind.NoAction, decision.Kind);
        Assert.Equal(Decision.Types.Status.None, decision.Status);
        Assert.Contains("L4: silent for 5", decision.Reasons[0], StringComparison.Ordinal);
        Assert.InRange(decision.NextEligibleTime.ToDateTimeOffset(), now.AddDays(54), now.AddDays(56));
    }

    [Fact]
    public async Task UnknownCustomer_IsNotFoundToRead_AndNothingToSend()
    {
        RpcException e = await Assert.ThrowsAsync<RpcException>(
            async () => await _service.Customers.GetCustomerAsync(new GetCustomerRequest { CustomerId = "nobody" }));
        Decision decision = await _service.DecideAsync("nobody");

        Assert.Equal(StatusCode.NotFound, e.StatusCode);
        Assert.Equal("CUSTOMER_NOT_FOUND", ErrorDetails.Of(e).Reason);
        Assert.Equal(Decision.Types.Kind.NoAction, decision.Kind);
        Assert.Contains("customer unknown", decision.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ErasedCustomer_ShowsNothing_AndGetsNothing()
    {
        await _service.FoldAsync(Events.Orders("erased", lastDaysAgo: 100, _service.Now));
        await _service.SendAsync(Events.Erased("erased", _service.Now));
        Customer customer = new();
        await _service.UntilAsync(
            async () => (customer = await _service.Customers.GetCustomerAsync(new GetCustomerRequest { CustomerId = "erased" })).Erased,
            "the customer is erased");
        Decision decision = await _service.DecideAsync("erased");

        Assert.Empty(customer.State);
        Assert.Empty(customer.Features);
        Assert.NotNull(customer.Watermark);
        Assert.Equal(Decision.Types.Kind.NoAction, decision.Kind);
    }

    [Fact]
    public async Task SameRequestId_AskedAgain_IsTheSameDecisionAndCountsOnce()
    {
        await _service.FoldAsync(Events.Orders("retried", lastDaysAgo: 100, _service.Now));
        string id = RunningService.NewId();

        Decision first = await _service.DecideAsync("retried", id, DecisionView.Full);
        Decision again = await _service.DecideAsync("retried", id.ToUpperInvariant(), DecisionView.Full);
        Decision other = await _service.DecideAsync("retried");

        Assert.Equal(first, again);
        Assert.Equal(Decision.Types.Kind.NoAction, other.Kind);
        Assert.StartsWith("capped: C2 any_3d", other.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task SameRequestId_OtherRequest_IsRefused()
    {
        string id = RunningService.NewId();
        await _service.DecideAsync("reuse", id);

        RpcException e = await Assert.ThrowsAsync<RpcException>(() => _service.Decisions.DecideNextActionAsync(
            new DecideNextActionRequest { CustomerId = "reuse", RequestId = id, Channels = { V1.Channel.Sms } }).ResponseAsync);

        Assert.Equal(StatusCode.InvalidArgument, e.StatusCode);
        Assert.Equal("REQUEST_ID_REUSED", ErrorDetails.Of(e).Reason);
        Assert.Equal(["request_id"], ErrorDetails.Of(e).Fields);
    }

    [Fact]
    public async Task ValidateOnly_Asked_StoresAndReservesNothing()
    {
        await _service.FoldAsync(Events.Orders("preview", lastDaysAgo: 100, _service.Now));
        string id = RunningService.NewId();
        var request = new DecideNextActionRequest { CustomerId = "preview", RequestId = id, ValidateOnly = true };

        Decision preview = (await _service.Decisions.DecideNextActionAsync(request)).Decision;
        Decision second = (await _service.Decisions.DecideNextActionAsync(request)).Decision;
        Decision real = await _service.DecideAsync("preview", id);

        Assert.Equal("", preview.DecisionId);
        Assert.Equal(Decision.Types.Status.None, preview.Status);
        Assert.Null(preview.ReservationExpireTime);
        Assert.Equal(Decision.Types.Kind.Action, preview.Kind);
        Assert.Equal(preview.Action, second.Action);
        Assert.Equal((Decision.Types.Kind.Action, preview.Action), (real.Kind, real.Action));
    }

    private static (string Value, string Unit) State(Customer customer, string name)
    {
        StateField field = Assert.Single(customer.State, field => field.Name == name);
        return (field.Value, field.Unit);
    }

    private static Feature Feature(Customer customer, string name) => Assert.Single(customer.Features, feature => feature.Name == name);
}
