namespace WinBack.Cli.Training;

/// <summary>How long work will still take when it goes on as it went.</summary>
internal static class TimeLeft
{
    /// <param name="done">Share of the work, above 0.</param>
    internal static TimeSpan Of(TimeSpan elapsed, double done) => elapsed * Math.Min((1 - done) / done, 1e6);

    internal static string Text(TimeSpan left) => left switch
    {
        { TotalSeconds: < 1 } => "1 s",
        { TotalSeconds: < 120 } => FormattableString.Invariant($"{left.TotalSeconds:F0} s"),
        { TotalHours: < 2 } => FormattableString.Invariant($"{left.TotalMinutes:F0} min"),
        _ => FormattableString.Invariant($"{left.TotalHours:F1} h"),
    };
}
