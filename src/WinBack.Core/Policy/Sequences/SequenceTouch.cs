namespace WinBack.Core.Policy.Sequences;

/// <summary>A touch that was sent as a step of a sequence.</summary>
/// <param name="SentTime">UTC; the instant of its reservation.</param>
public readonly record struct SequenceTouch(string Sequence, string Step, Cohort Cohort, DateTimeOffset SentTime)
{
    /// <summary>All that the ledger knows, in no order.</summary>
    internal static List<SequenceTouch> AllOf(TouchHistory touches)
    {
        var found = new List<SequenceTouch>();
        foreach ((string key, IReadOnlyList<DateTimeOffset> times) in touches.SentByKey)
        {
            if (!key.StartsWith(GuardKeys.StepPrefix, StringComparison.Ordinal)) continue;
            string[] parts = key.Split('/');
            Cohort cohort = Cohort.Parse(parts[3]);
            foreach (DateTimeOffset time in times) found.Add(new SequenceTouch(parts[1], parts[2], cohort, time));
        }

        return found;
    }
}
