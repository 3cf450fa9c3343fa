namespace WinBack.Core.Outcomes;

/// <summary>Something the new policy would do where the log's policy never did: the log says nothing about it.</summary>
/// <param name="Option">Name of the action; "" for nothing.</param>
/// <param name="Share">Of all decisions of the new policy, 0 to 1.</param>
/// <param name="Decisions">At how many logged decisions.</param>
public readonly record struct MissingSupport(string Option, double Share, int Decisions);
