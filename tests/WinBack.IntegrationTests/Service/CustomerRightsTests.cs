using Grpc.Core;
using StackExchange.Redis;
using WinBack.Adapters.Redis;
using WinBack.IntegrationTests.Cli;
using WinBack.V1;
using static WinBack.V1.Decision.Types;

namespace WinBack.IntegrationTests.Service;

/// <summary>What a customer may ask for: to be left alone, to be forgotten, to see what is kept.</summary>
[Collection(ServiceCollection.Name)]
public sealed class CustomerRightsTests(ServiceFixture fixture)
{
    private readonly RunningService _service = fixture.Service;

    /// <summary>At once: nothing is waited for between the suppression and the confirmation that it refuses.</summary>
    [Fact]
    [Trait("Rule", "C1")]
    public async Task Suppressed_DecisionMadeBefore_IsNotConfirmedAndNoneIsMadeAfter()
    {
        await _service.FoldAsync(Events.Orders("suppressed", lastDaysAgo: 100, _service.Now));
        Decision before = await _service.DecideAsync("suppressed");
        Assert.Equal((Kind.Action, V1.Channel.Email), (before.Kind, before.Channel));

        await _service.Customers.SuppressCustomerAsync(new SuppressCustomerRequest { CustomerId = "suppressed", Channels = { V1.Channel.Email } });
        string reason = await ConfirmRefusedAsync(before.DecisionId);
        Decision after = await _service.DecideAsync("suppressed", view: DecisionView.Full);

        Assert.Equal("CONSENT_WITHDRAWN", reason);
        Assert.NotEqual(V1.Channel.Email, after.Channel);
        Assert.Contains(after.Evidence.Rejections, rejection => rejection is { Rule: "C1", Channel: V1.Channel.Email });
        // The event has reached the state by itself; the replay still knows what the decision knew.
        await _service.UntilAsync(async () => await ConsentOfEventAsync("suppressed") == "withdrawn", "the event is folded");
        Assert.True((await _service.Decisions.ReplayDecisionAsync(new ReplayDecisionRequest { DecisionId = after.DecisionId })).Identical);


        // A consent of a later time opens the channel again.
        await _service.FoldAsync(Events.Consent("suppressed", V1.Channel.Email, ConsentEvent.Types.Kind.Granted, _service.Now.AddMinutes(2)));
        Decision opened = await _service.DecideAsync("suppressed", view: DecisionView.Full);
        Assert.DoesNotContain(opened.Evidence.Rejections, rejection => rejection is { Rule: "C1", Channel: V1.Channel.Email });
    }

    [Fact]
    [Trait("Rule", "C1")]
    public async Task SuppressedOnAllChannels_NothingIsSent()
    {
        await _service.FoldAsync(Events.Orders("suppressed-all", lastDaysAgo: 100, _service.Now));
        (int code, string output, string error) = await CommandLine.RunAsync(
            "customer", "suppress", "suppressed-all", "--service", _service.Process.Grpc);
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(8, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(Kind.NoAction, (await _service.DecideAsync("suppressed-all")).Kind);
    }

    [Fact]
    [Trait("Rule", "C1")]
    public async Task Erased_NothingIsLeftAndNothingComesBack()
    {
        CustomerEvent[] orders = Events.Orders("erased-by-call", lastDaysAgo: 100, _service.Now);
        await _service.FoldAsync(orders);
        Decision reserved = await _service.DecideAsync("erased-by-call");
        await _service.DecideAsync("erased-by-call");
        Assert.Equal(Kind.Action, reserved.Kind);

        EraseCustomerResponse erased = await _service.Customers.EraseCustomerAsync(new EraseCustomerRequest { CustomerId = "erased-by-call" });
        // Before the event is folded and after it alike.
        Assert.True((await GetAsync("erased-by-call")).Erased);
        string confirm = await ConfirmRefusedAsync(reserved.DecisionId, StatusCode.NotFound);
        ListDecisionsResponse list = await _service.Decisions.ListDecisionsAsync(new ListDecisionsRequest { CustomerId = "erased-by-call" });
        Decision after = await _service.DecideAsync("erased-by-call");
        await _service.SendAsync(Events.Purchase("erased-by-call", _service.Now));
        await _service.FoldAsync(Events.Orders("erased-marker", lastDaysAgo: 1, _service.Now));
        await _service.UntilAsync(async () => (await StateAsync("erased-by-call")).Length == 2, "the tombstone is in the place of the state");

        Assert.Equal((2, "DECISION_NOT_FOUND"), (erased.ErasedDecisions, confirm));
        Assert.Empty(list.Decisions);
        Assert.Equal(Kind.NoAction, after.Kind);
        Assert.Contains("erased", string.Join("; ", after.Reasons), StringComparison.Ordinal);
        EraseCustomerResponse again = await _service.Customers.EraseCustomerAsync(new EraseCustomerRequest { CustomerId = "erased-by-call" });
        Assert.Equal(erased.EraseTime, again.EraseTime);
    }

    [Fact]
    public async Task Decisions_Listed_ComeInPagesNewestFirst()
    {
        var made = new List<string>();
        for (int i = 0; i < 7; i++) made.Insert(0, (await _service.DecideAsync("listed")).DecisionId);
        await _service.DecideAsync("listed-other");

        var listed = new List<string>();
        var request = new ListDecisionsRequest { CustomerId = "listed", PageSize = 3 };
        int pages = 0;
        do
        {
            ListDecisionsResponse page = await _service.Decisions.ListDecisionsAsync(request);
            listed.AddRange(page.Decisions.Select(decision => decision.DecisionId));
            request.PageToken = page.NextPageToken;
            pages++;
            // One more in between moves no page.
            if (pages == 1) await _service.DecideAsync("listed");
        }
        while (request.PageToken.Length > 0);
        RpcException wrong = await Assert.ThrowsAsync<RpcException>(() => _service.Decisions.ListDecisionsAsync(
            new ListDecisionsRequest { PageSize = -1, PageToken = "x" }).ResponseAsync);
        (_, string output, _) = await CommandLine.RunAsync("customer", "decisions", "listed", "--count", "2", "--service", _service.Process.Grpc);

        Assert.Equal(made, listed);
        Assert.Equal(3, pages);
        Assert.Equal(["customer_id", "page_size", "page_token"], ErrorDetails.Of(wrong).Fields);
        Assert.Contains(made[0], output, StringComparison.Ordinal);
        Assert.Equal(2, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Exported_IsEverythingThatIsKept()
    {
        await _service.FoldAsync(Events.Orders("exported", lastDaysAgo: 100, _service.Now));
        string[] decisions = [(await _service.DecideAsync("exported")).DecisionId, (await _service.DecideAsync("exported")).DecisionId];
        await _service.Customers.SuppressCustomerAsync(new SuppressCustomerRequest { CustomerId = "exported", Channels = { V1.Channel.Call } });

        var records = new List<ExportCustomerResponse>();
        using AsyncServerStreamingCall<ExportCustomerResponse> call =
            _service.Customers.ExportCustomer(new ExportCustomerRequest { CustomerId = "exported" });
        await foreach (ExportCustomerResponse record in call.ResponseStream.ReadAllAsync()) records.Add(record);
        using AsyncServerStreamingCall<ExportCustomerResponse> nobody =
            _service.Customers.ExportCustomer(new ExportCustomerRequest { CustomerId = "exported-nobody" });
        RpcException nothing = await Assert.ThrowsAsync<RpcException>(() => nobody.ResponseStream.MoveNext(CancellationToken.None));
        (int code, string output, _) = await CommandLine.RunAsync("customer", "export", "exported", "--service", _service.Process.Grpc);

        Assert.Equal("exported", records[0].Customer.CustomerId);
        Assert.Equal(2, records[0].Customer.Scores.Count);
        Assert.NotEmpty(records[1].Touches.Fields);
        Assert.Equal(V1.Channel.Call, Assert.Single(records[2].Suppression.Channels).Channel);
        Assert.Equal(decisions.Reverse(), records.Skip(3).Select(record => record.Decision.DecisionId));
        Assert.All(records.Skip(3), record => Assert.NotNull(record.Decision.Evidence));
        Assert.Equal((StatusCode.NotFound, "CUSTOMER_NOT_FOUND"), (nothing.StatusCode, ErrorDetails.Of(nothing).Reason));
        Assert.Equal((0, records.Count), (code, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
    }

    private async Task<string> ConfirmRefusedAsync(string id, StatusCode code = StatusCode.FailedPrecondition)
    {
        RpcException e = await Assert.ThrowsAsync<RpcException>(
            () => _service.Decisions.ConfirmDecisionAsync(new ConfirmDecisionRequest { DecisionId = id }).ResponseAsync);
        Assert.Equal(code, e.StatusCode);
        return ErrorDetails.Of(e).Reason;
    }

    private async Task<Customer> GetAsync(string customer) =>
        await _service.Customers.GetCustomerAsync(new GetCustomerRequest { CustomerId = customer });

    /// <summary>What the state itself says, without the suppression over it.</summary>
    private async Task<string> ConsentOfEventAsync(string customer) =>
        Core.State.StateCodec.Decode(await StateAsync(customer)).Facts.ConsentOf(Core.Events.Channel.Email).ToString().ToLowerInvariant();

    private async Task<byte[]> StateAsync(string customer)
    {
        await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(fixture.Stores.Redis.Patient);
        int partition = Core.Events.CustomerPartition.Of(new Core.Events.CustomerId(customer), Stores.Partitions);
        return (byte[])(await connection.GetDatabase().StringGetAsync(new PartitionKeys(partition).State(customer)))!;
    }
}
