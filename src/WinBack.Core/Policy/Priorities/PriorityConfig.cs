namespace WinBack.Core.Policy.Priorities;

/// <summary>Who leaves a place to whom, as given (rules C2).</summary>
public sealed class PriorityConfig
{
    /// <summary>
    /// How far ahead a touch of higher priority is looked for. 1 minute to 60 days; zero, the default, for not at all: then
    /// priorities mean nothing.
    /// </summary>
    public TimeSpan Lookahead { get; set; }

    /// <summary>Per category the priority of its actions, unless they have one of their own. 0 to 100; default 0.</summary>
    public Dictionary<string, int> Categories { get; set; } = [];
}
