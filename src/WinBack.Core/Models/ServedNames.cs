namespace WinBack.Core.Models;

/// <summary>The models that a decision asks.</summary>
public static class ServedNames
{
    /// <summary>How likely a customer falls silent.</summary>
    public const string Churn = "churn";

    /// <summary>How likely a silent customer comes back.</summary>
    public const string WinBack = "winback";

    public static IReadOnlyList<string> All { get; } = [Churn, WinBack];
}
