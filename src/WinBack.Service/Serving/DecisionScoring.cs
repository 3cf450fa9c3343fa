using System.Diagnostics;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Core.State;

namespace WinBack.Service.Serving;

/// <summary>
/// Scores decisions: one snapshot of the models for all of a decision. What was scored is handed to the observer, who looks
/// at it off this path. A canary that fails costs a count and no decision: the champion answers.
/// </summary>
internal sealed class DecisionScoring(Live<ServingModels> live, ScoreObserver observer)
{
    /// <param name="state">Null when the customer is unknown; such requests say nothing of the models.</param>
    /// <param name="features">In schema order; not changed any more afterwards.</param>
    internal Scores Score(CustomerId customer, CustomerState? state, float[] features)
    {
        ServingModels models = live.Current;
        if (models.HasCanary) return ScoreInRollout(models, customer, state, features);
        Scores scores = models.Champion.Score(features);
        if (state is not null && models.IsObserved)
            observer.Offer(new ScoredRequest(models, 0, HasFailed: false, scores, features, state, TimeSpan.Zero));
        return scores;
    }

    private Scores ScoreInRollout(ServingModels models, CustomerId customer, CustomerState? state, float[] features)
    {
        int arm = models.ArmOf(customer);
        long started = Stopwatch.GetTimestamp();
        Scores? scores = arm == 0 ? models.Champion.Score(features) : TryScore(models.ScorerOf(arm), features);
        TimeSpan scoring = Stopwatch.GetElapsedTime(started);
        bool hasFailed = scores is null;
        scores ??= models.Champion.Score(features);
        if (state is not null) observer.Offer(new ScoredRequest(models, arm, hasFailed, scores, features, state, scoring));
        return scores;
    }

    /// <summary>Null when the canary fails, whatever by, or answers what is no probability.</summary>
    internal static Scores? TryScore(Scorer canary, float[] features)
    {
        try
        {
            Scores scores = canary.Score(features);
            return scores.Churn is >= 0 and <= 1 && scores.WinBack is >= 0 and <= 1 ? scores : null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }
}
