namespace WinBack.Core.Policy.Exploration;

/// <summary>How chance takes part in the choice among eligible candidates.</summary>
public enum ExplorationMethod
{
    /// <summary>Not at all: the best one is chosen, with probability 1.</summary>
    Off,

    /// <summary>Each with the probability that it is the best one, by what is known of its response, and at least a floor.</summary>
    Thompson,
}
