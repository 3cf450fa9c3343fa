using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Features;
using WinBack.Core.Models;
using WinBack.Core.Policy;
using WinBack.Core.State;
using WinBack.Service.Serving;
using WinBack.Testing.Models;
using WinBack.Tests.Policy;
using WinBack.Trees.ModelFiles;

namespace WinBack.Tests.Service.Serving;

public sealed class ScoreObserverTests : IDisposable
{
    private const int Room = 16;
    private readonly Live<ServingModels> _live = new();
    private readonly ScoreObserver _observer;
    private readonly DecisionScoring _scoring;

    public ScoreObserverTests()
    {
        var playbook = new Live<PlaybookModel>();
        playbook.Swap(TestPlaybook.Model(TestPlaybook.Config()));
        _observer = new ScoreObserver(
            _live, playbook, FeatureSchema.Default,
            Options.Create(new ModelServingOptions { MaxWaitingObservations = Room }), NullLogger<ScoreObserver>.Instance);
        _scoring = new DecisionScoring(_live, _observer);
        _live.Swap(Serving(ServedModel.Only(Open(new StumpModel("churn"))) with { Challenger = Open(new StumpModel("churn") { HighScore = 2 }) }));
    }

    public void Dispose() => _observer.Dispose();

    [Fact]
    public async Task MoreThanFits_IsDroppedAndCounted_AndEveryRequestIsScored()
    {
        for (int i = 0; i < Room + 4; i++) Assert.Equal(0.73, Score($"c{i}", purchases: 9).Churn, 2);
        Assert.Equal(4, _observer.Dropped);

        await _observer.StartAsync(default);
        await UntilAsync(() => Churn().Shadow!.Segments[0].Requests == Room);
        await _observer.StopAsync(default);
    }

    [Fact]
    public async Task UnknownCustomers_AndModelsThatAreGone_DoNotCount()
    {
        _scoring.Score(new CustomerId("unknown"), state: null, Features(9));
        Score("before the swap", purchases: 9);
        _live.Swap(Serving(_live.Current.Churn));
        Score("after the swap", purchases: 9);

        await _observer.StartAsync(default);
        await UntilAsync(() => Churn().Shadow!.Segments[0].Requests > 0);
        await _observer.StopAsync(default);

        Assert.Equal(1, Churn().Shadow!.Segments[0].Requests);
    }

    [Fact]
    public async Task NewChallenger_BeginsAnew_NewWinBackModelDoesNot()
    {
        await _observer.StartAsync(default);
        Score("a", purchases: 9);
        await UntilAsync(() => Churn().Shadow!.Segments[0].Requests == 1);
        ServedModel other = ServedModel.Only(Open(new StumpModel("winback") { LowScore = -2 }));
        _live.Swap(new ServingModels(_live.Current.Churn, other, FeatureSchema.Default));
        Assert.Equal(1, Churn().Shadow!.Segments[0].Requests);

        _live.Swap(Serving(_live.Current.Churn with { Challenger = Open(new StumpModel("churn") { HighScore = 3 }) }));

        Assert.Equal(0, Churn().Shadow!.Segments[0].Requests);
        await _observer.StopAsync(default);
    }

    [Fact]
    public async Task Rollout_EachArmIsCountedByItself_AndTheAnswerSaysWho()
    {
        var rollout = new CanaryRollout("v", 25, "salt");
        TreeModel canary = Open(new StumpModel("churn") { HighScore = 3 });
        _live.Swap(Serving(ServedModel.Only(Open(new StumpModel("churn"))) with { Rollout = rollout, Canary = canary }));
        await _observer.StartAsync(default);
        int reached = 0;
        for (int i = 0; i < 200; i++)
        {
            Scores scores = Score($"c{i}", purchases: 9);
            bool isReached = CanaryBucket.Reaches(rollout, new CustomerId($"c{i}"));
            if (isReached) reached++;
            Assert.Equal(isReached ? 0.95 : 0.73, scores.Churn, 2);
            Assert.NotEqual(isReached, scores.ModelVersions.SequenceEqual(_live.Current.Champion.ModelVersions));
            await UntilAsync(() => Churn().CanaryArm!.Requests + Churn().ChampionArm!.Requests == i + 1);
        }

        await _observer.StopAsync(default);
        Assert.Equal((reached, 200 - reached), (Churn().CanaryArm!.Requests, Churn().ChampionArm!.Requests));
        Assert.Equal(0.95, Churn().CanaryArm!.MeanPrediction, 2);
        Assert.Null(_observer.Read().Single(r => r.Name == "winback").Rollout);
    }

    [Fact]
    public void CanaryThatFails_IsNoAnswer() => Assert.Null(DecisionScoring.TryScore(_live.Current.Champion, new float[3]));

    private ModelReading Churn() => _observer.Read().Single(reading => reading.Name == "churn");

    private Scores Score(string customer, float purchases) => _scoring.Score(new CustomerId(customer), new CustomerState(), Features(purchases));

    private static float[] Features(float purchases)
    {
        float[] features = new float[FeatureSchema.Default.Count];
        features[FeatureSchema.Default.IndexOf("purchases_lifetime")] = purchases;
        return features;
    }

    private static ServingModels Serving(ServedModel churn) =>
        new(churn, ServedModel.Only(Open(new StumpModel("winback"))), FeatureSchema.Default);

    private static TreeModel Open(StumpModel model) => ModelAcceptance.Open(model.Package(), model.Name, FeatureSchema.Default);

    private static async Task UntilAsync(Func<bool> happened)
    {
        for (int i = 0; i < 6_000 && !happened(); i++) await Task.Delay(5);
        Assert.True(happened());
    }
}
