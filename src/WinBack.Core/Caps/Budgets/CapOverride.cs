namespace WinBack.Core.Caps.Budgets;

/// <summary>"What if this cap had another limit?"</summary>
/// <param name="Name">Of a cap of the playbook.</param>
/// <param name="Limit">Touches; at least 1.</param>
public readonly record struct CapOverride(string Name, int Limit);
