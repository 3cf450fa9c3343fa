namespace WinBack.Core.Policy;

/// <summary>What a frequency cap counts within, when it is not a sliding window.</summary>
public enum CapPeriod
{
    /// <summary>A sliding window.</summary>
    None,

    /// <summary>A day of the customer's calendar.</summary>
    Day,

    /// <summary>A week of the customer's calendar, from Monday.</summary>
    Week,

    /// <summary>A month of the customer's calendar.</summary>
    Month,

    /// <summary>The sequence of touches that the customer is in (rules S1).</summary>
    Sequence,
}
