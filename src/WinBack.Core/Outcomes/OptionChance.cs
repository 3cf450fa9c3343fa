namespace WinBack.Core.Outcomes;

/// <summary>One thing that could have been done at a logged decision.</summary>
/// <param name="Option">Name of the action; "" for nothing.</param>
/// <param name="Target">Probability with which the policy that is evaluated would do it.</param>
/// <param name="Logged">Probability with which the policy that made the log did it; 0 when it never would have.</param>
public readonly record struct OptionChance(string Option, double Target, double Logged);
