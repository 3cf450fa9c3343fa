namespace WinBack.Core.Decisions;

/// <summary>The names of outcomes in counters and metrics.</summary>
public static class FoldOutcomeNames
{
    private static readonly string[] Names = ["folded", "duplicate", "late", "dead_letter", "erased", "unknown_kind"];

    public static string Of(FoldOutcome outcome) => Names[(int)outcome];
}
