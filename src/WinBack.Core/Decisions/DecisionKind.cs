namespace WinBack.Core.Decisions;

/// <summary>What is to be done; numbers equal those of the proto.</summary>
public enum DecisionKind
{
    Action = 1,
    NoAction = 2,
}
