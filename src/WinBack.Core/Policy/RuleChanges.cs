using WinBack.Core.Experiments;
using WinBack.Core.Policy.Experiments;

namespace WinBack.Core.Policy;

/// <summary>
/// When other rules hold for a customer by time alone, so that what is foreseen of the present ones is good until then and no longer:
/// an experiment begins or ends, the customer lapses and so comes into experiments, or a product update is published.
/// </summary>
internal static class RuleChanges
{
    /// <summary>The first of them (UTC) after the instant of the decision, to the millisecond; null when none is to come.</summary>
    internal static DateTimeOffset? After(PolicyContext c)
    {
        DateTimeOffset? first = null;
        foreach (ExperimentModel experiment in c.Playbook.Experiments.Experiments)
        {
            if (experiment.Stage.Status != ExperimentStatus.Running || !experiment.Reaches(c.Customer)) continue;
            Offer(experiment.Start);
            Offer(experiment.End);
        }

        Offer(c.Update.Next?.PublishTime);
        if (c.Playbook.Experiments.Experiments.Count > 0) Offer(c.Lapse.Since);
        return first;

        void Offer(DateTimeOffset? time)
        {
            if (time > c.AsOf && !(first <= time)) first = CapTime.ToWholeMillisecond(time.Value);
        }
    }
}
