namespace WinBack.Core.Policy.Sequences;

/// <summary>One step of a sequence as given: when it is due, what it may send, and what happens when it cannot.</summary>
public sealed class StepConfig
{
    /// <summary>Lower case letters, digits and underscores; unique in the sequence. Stored with the touch: a new name is a new step.</summary>
    public string Name { get; set; } = "";

    /// <summary>
    /// When it is due, counted from the start of the sequence; the first step from the trigger. 0 to 60 days, later than the step
    /// before.
    /// </summary>
    public TimeSpan At { get; set; }

    /// <summary>Least time since the last touch of the sequence. 0 to 60 days.</summary>
    public TimeSpan Gap { get; set; }

    /// <summary>Names of the actions it may send; the best one is. An action belongs to one step at most.</summary>
    public List<string> Actions { get; set; } = [];

    /// <summary>
    /// "responded": left out when the customer did anything since the first touch (clicked, replied, came to look). Empty for never.
    /// </summary>
    public string SkipWhen { get; set; } = "";

    /// <summary>What becomes of it when caps turn it down: defer, substitute, skip or end. Default defer.</summary>
    public string OnCapped { get; set; } = "defer";
}
