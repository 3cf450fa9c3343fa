namespace WinBack.Core.Policy.Sequences;

/// <summary>Where one customer stands in the playbook's sequences at the instant of a decision.</summary>
internal sealed class SequenceHistory
{
    private readonly PolicyContext _context;
    private readonly List<SequenceTouch> _touches;

    internal SequenceHistory(PolicyContext context)
    {
        _context = context;
        _touches = context.Playbook.Sequences.Count == 0 ? [] : SequenceTouch.AllOf(context.Touches);
        Latest = _touches.Count == 0 ? null : SequenceRun.Latest(context, _touches);
    }

    /// <summary>The latest run, over or not; null when there was none.</summary>
    internal SequenceRun? Latest { get; }

    /// <summary>Null while no sequence runs.</summary>
    internal SequenceRun? Running => Latest is { } run && _context.AsOf < run.EndTime ? run : null;

    /// <summary>The run that an action would be a touch of; null when it would begin one, or belongs to none.</summary>
    internal SequenceRun? RunOf(StepPlace place) => place.Index > 0 && Running is { } run && run.Sequence == place.Sequence ? run : null;

    /// <summary>The last touch of a sequence by anyone who was in it, whatever the cohort; null when there was none.</summary>
    internal DateTimeOffset? LastTouchOf(TouchSequenceModel sequence)
    {
        DateTimeOffset? last = null;
        foreach (SequenceTouch touch in _touches)
            if (touch.Sequence == sequence.Name && !(touch.SentTime <= last)) last = touch.SentTime;
        return last;
    }

    /// <summary>What the customer counts as for an action: what it was when the sequence of that action started (rules L5).</summary>
    internal Cohort CohortFor(ActionModel action) => action.Step is { } place && RunOf(place) is { } run
        ? run.Cohort
        : new Cohort(_context.Segment, _context.Reason.Reason, _context.Value.Tier);

    /// <summary>The lists that a touch of the action enters beside its caps.</summary>
    internal CapUse[] GuardsOf(ActionModel action)
    {
        if (action.Step is not { } place) return [];
        TimeSpan rest = _context.Playbook.Sequence.Rest;
        var step = new CapUse(
            GuardKeys.Step(place.Sequence.Name, place.Step.Name, CohortFor(action)), 1, rest > GuardKeys.Race ? rest : GuardKeys.Race,
            IsEnforced: true);
        return place.Index > 0 ? [step] : [step, new CapUse(GuardKeys.Start, 1, GuardKeys.RaceOf(_context.Playbook), IsEnforced: true)];
    }
}
