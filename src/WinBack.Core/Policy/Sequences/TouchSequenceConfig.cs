namespace WinBack.Core.Policy.Sequences;

/// <summary>A named sequence of touches as given: for whom, from what on, and its steps (rules S1 to S4).</summary>
public sealed class TouchSequenceConfig
{
    /// <summary>Lower case letters, digits and underscores; unique. Stored with each touch: a new name is a new sequence.</summary>
    public string Name { get; set; } = "";

    /// <summary>What it starts from: lapse, cancellation, abandoned_cart, sequence_end or moment. Default lapse.</summary>
    public string Trigger { get; set; } = "lapse";

    /// <summary>Least time from the trigger to the start. 0 to 730 days.</summary>
    public TimeSpan After { get; set; }

    /// <summary>Time from the trigger within which it must start; zero for no end.</summary>
    public TimeSpan Within { get; set; }

    /// <summary>Segments it is for (rules L2); empty for all. Frozen when it starts (rules L5), as are reason and tier.</summary>
    public List<string> Segments { get; set; } = [];

    /// <summary>Lapse reasons it is for (rules L1); empty for all.</summary>
    public List<string> Reasons { get; set; } = [];

    /// <summary>Value tiers it is for (rules L3); empty for all.</summary>
    public List<string> Tiers { get; set; } = [];

    /// <summary>All must hold when it starts.</summary>
    public List<ConditionConfig> Conditions { get; set; } = [];

    /// <summary>
    /// Sequences after whose end it may start without the days of rest. With the trigger sequence_end only these ends count.
    /// </summary>
    public List<string> Follows { get; set; } = [];

    /// <summary>
    /// Time since its own last touch after which it may start again from the same trigger. Zero: once for each trigger.
    /// </summary>
    public TimeSpan RepeatAfter { get; set; }

    /// <summary>Last day: nothing is sent so many days after the start. 1 to 60; default 45.</summary>
    public int Days { get; set; } = 45;

    /// <summary>In order; 1 to 5 (rules S1).</summary>
    public List<StepConfig> Steps { get; set; } = [];
}
