namespace WinBack.Core.Policy.Capacities;

/// <summary>Whose a capacity is.</summary>
public enum CapacityScope
{
    Overall = 1,

    /// <summary>Each account owner has one.</summary>
    Owner = 2,
}
