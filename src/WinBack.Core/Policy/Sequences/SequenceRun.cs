using WinBack.Core.State;

namespace WinBack.Core.Policy.Sequences;

/// <summary>
/// The latest run of a sequence by one customer, told from the touches that were sent: what is only reserved moves
/// nothing on. All of it follows from ledger and state; no instant of asking comes into it, so that the times it names
/// stay true as long as nothing else happens.
/// </summary>
public sealed class SequenceRun
{
    private readonly PolicyContext _context;
    private readonly DateTimeOffset _lastTouch;

    private SequenceRun(PolicyContext context, List<SequenceTouch> touches)
    {
        _context = context;
        SequenceTouch first = touches[0];
        Name = first.Sequence;
        Cohort = first.Cohort;
        FirstTouch = first.SentTime;
        TouchCount = touches.Count;
        _lastTouch = touches[^1].SentTime;
        Sequence = Find(context.Playbook, Name);
        if (Sequence is null)
        {
            EndTime = _lastTouch;
            return;
        }

        int sent = touches.Max(touch => Sequence.IndexOf(touch.Step));
        // The first touch stands at its own step's time: the days of the others count from there.
        Start = FirstTouch - (Sequence.IndexOf(first.Step) is >= 0 and var index ? Sequence.Steps[index].At : TimeSpan.Zero);
        EndTime = EndByTime(Sequence, sent);
        if (Back(Sequence) is not { } back || back <= FirstTouch || back >= EndTime) return;
        EndTime = back;
        EndsByReturn = true;
    }

    public string Name { get; }

    /// <summary>Null when the playbook has it no more.</summary>
    public TouchSequenceModel? Sequence { get; }

    /// <summary>What the customer was at the first touch (rules L5).</summary>
    public Cohort Cohort { get; }

    /// <summary>From which its days count. UTC.</summary>
    public DateTimeOffset Start { get; }

    public DateTimeOffset FirstTouch { get; }

    public int TouchCount { get; }

    /// <summary>The first instant (UTC) at which it is over if nothing else happens: last step, last day, or the return (rules S1, S3).</summary>
    public DateTimeOffset EndTime { get; private set; }

    /// <summary>Whether the customer came back in the middle of it.</summary>
    public bool EndsByReturn { get; }

    /// <summary>Place of the step that comes next; -1 for none.</summary>
    public int NextStep { get; private set; } = -1;

    /// <summary>When the next step is due. UTC.</summary>
    public DateTimeOffset NextDue { get; private set; }

    /// <summary>When a step is due. UTC.</summary>
    internal DateTimeOffset DueOf(StepModel step)
    {
        DateTimeOffset day = Start + step.At, rested = _lastTouch + step.Gap;
        return day > rested ? day : rested;
    }

    /// <summary>Whether a step is left out: the customer responded, or caps had no place for it when it was due.</summary>
    internal bool IsLeftOut(StepModel step) =>
        (step.SkipsResponded && _context.TimeOf(Instant.LastActivity) > FirstTouch)
        || (step.OnCapped == CappedPolicy.Skip && FullCaps.IsFull(step, DueOf(step), _context));

    /// <summary>The latest one; null when there was none.</summary>
    internal static SequenceRun? Latest(PolicyContext context, List<SequenceTouch> all)
    {
        if (!context.Touches.SentByKey.TryGetValue(GuardKeys.Start, out IReadOnlyList<DateTimeOffset>? starts) || starts.Count == 0)
            return null;
        int at = all.FindIndex(touch => touch.SentTime == starts[^1]);
        if (at < 0) return null;
        SequenceTouch first = all[at];
        return new SequenceRun(context, [.. all
            .Where(t => t.Sequence == first.Sequence && t.Cohort == first.Cohort && t.SentTime >= first.SentTime).OrderBy(t => t.SentTime)]);
    }

    /// <summary>Looks for the next step; what is left out is passed over at the instant at which it would have been due.</summary>
    private DateTimeOffset EndByTime(TouchSequenceModel sequence, int sent)
    {
        DateTimeOffset lastDay = Start + sequence.Length, passed = _lastTouch;
        for (int i = sent + 1; i < sequence.Steps.Count; i++)
        {
            StepModel step = sequence.Steps[i];
            DateTimeOffset due = DueOf(step);
            if (due >= lastDay) return lastDay;
            if (step.OnCapped == CappedPolicy.End && FullCaps.IsFull(step, due, _context)) return due;
            if (IsLeftOut(step))
            {
                passed = due;
                continue;
            }

            (NextStep, NextDue) = (i, due);
            return lastDay;
        }

        return passed;
    }

    /// <summary>The return that ends it (rules S3). Who left a cart behind has not left: only buying ends that sequence.</summary>
    private DateTimeOffset? Back(TouchSequenceModel sequence) =>
        _context.TimeOf(sequence.Trigger == SequenceTrigger.AbandonedCart ? Instant.LastPurchase : Instant.LastReengaged);

    private static TouchSequenceModel? Find(PlaybookModel playbook, string name)
    {
        foreach (TouchSequenceModel sequence in playbook.Sequences)
            if (sequence.Name == name) return sequence;
        return null;
    }
}
