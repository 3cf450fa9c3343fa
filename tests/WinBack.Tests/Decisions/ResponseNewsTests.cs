using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.State;

namespace WinBack.Tests.Decisions;

[Trait("Rule", "V1")]
public sealed class ResponseNewsTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DecisionId Decision = new(3, new Guid(7, 0, 0, new byte[8]));
    private readonly EventPipeline _pipeline = new(new FoldOptions());
    private readonly CustomerState _state = new();
    private int _events;

    [Fact]
    public void Add_TouchAndPurchase_AreTouchAndReturn()
    {
        Assert.Equal([new ResponseNews(ResponseNewsKind.Sent, Decision.Request, Now)], Fold(0, Outcome(OutcomeKind.Sent)));
        Assert.Equal([new ResponseNews(ResponseNewsKind.Returned, null, Now.AddHours(3))], Fold(3, Purchase()));
        // The second purchase is no second return.
        Assert.Empty(Fold(4, Purchase()));
        Fold(5, Outcome(OutcomeKind.Sent));
        Assert.Equal(ResponseNewsKind.Returned, Assert.Single(Fold(6, Purchase())).Kind);
    }

    /// <summary>The topics come in any order: the purchase may be known before the touch that it answers.</summary>
    [Fact]
    public void Add_TouchToldAfterTheReturn_IsBoth()
    {
        Assert.Empty(Fold(3, Purchase()));
        Assert.Equal(
            [new ResponseNews(ResponseNewsKind.Sent, Decision.Request, Now), new ResponseNews(ResponseNewsKind.Returned, null, Now.AddHours(3))],
            Fold(0, Outcome(OutcomeKind.Sent)));
    }

    [Theory]
    [InlineData(OutcomeKind.Converted, ResponseNewsKind.Returned)]
    [InlineData(OutcomeKind.Unsubscribed, ResponseNewsKind.Unsubscribed)]
    [InlineData(OutcomeKind.Opened, null)]
    [InlineData(OutcomeKind.Failed, null)]
    public void Add_Outcome_IsWhatItSaysOfTheResponse(OutcomeKind kind, ResponseNewsKind? expected) =>
        Assert.Equal(expected, Fold(1, Outcome(kind)).Cast<ResponseNews?>().SingleOrDefault()?.Kind);

    [Fact]
    public void Add_Erasure_IsToBeForgotten()
    {
        Fold(0, Outcome(OutcomeKind.Sent));
        Assert.Equal(ResponseNewsKind.Erased, Assert.Single(Fold(1, new LifecyclePayload(LifecycleKind.Erased, LapseReason.None, ""))).Kind);
    }

    [Fact]
    public void Add_DecisionOfSomebodyElse_IsNoNews() =>
        Assert.Empty(Fold(0, Outcome(OutcomeKind.Converted) with { DecisionId = "campaign-7" }));

    private static OutcomePayload Outcome(OutcomeKind kind) => new(Decision.ToString(), kind, Channel.Email, 0);

    private static BillingPayload Purchase() => new(BillingKind.Purchase, 10_000_000, 1, "", "", "", null);

    private List<ResponseNews> Fold(int hours, EventPayload payload)
    {
        DateTimeOffset time = Now.AddHours(hours);
        var e = new CustomerEvent(new EventId($"e{_events++}"), new CustomerId("c"), time, "test", payload);
        EventStream stream = payload is OutcomePayload ? EventStream.Outcome : EventStream.Billing;
        bool wasBack = ResponseNews.IsBack(_state);
        _pipeline.Fold(new EventRecord(stream, 0, _events, time, e), _state);
        var news = new List<ResponseNews>();
        ResponseNews.Add(e, _state, wasBack, news);
        return news;
    }
}
