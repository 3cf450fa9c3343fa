using WinBack.Core.Decisions;

namespace WinBack.Cli.Simulate;

/// <summary>What a simulation noted of one customer.</summary>
internal sealed class CustomerTally
{
    internal int Touches { get; set; }

    /// <summary>Caps that turned an eligible action down, and the days on which they did.</summary>
    internal HashSet<(string Rule, int Day)> CappedOn { get; } = [];

    /// <summary>Of experiments, and the holdout.</summary>
    internal HashSet<string> Variants { get; } = new(StringComparer.Ordinal);

    /// <summary>Held out when there was something to send.</summary>
    internal bool WouldHaveGot { get; set; }

    internal Decision? Last { get; set; }

    /// <summary>Segment and cause of a customer who got nothing in all the days, by the last decision.</summary>
    internal string Nothing
    {
        get
        {
            if (WouldHaveGot) return $"{Segment}: held out (E2)";
            return $"{Segment}: {(Last is { } last ? NothingCause.Of(last) : "never asked about")}";
        }
    }

    private string Segment => Last?.Plan.Segment is { Length: > 0 } and not "none" and var segment ? segment : "of no segment";
}
