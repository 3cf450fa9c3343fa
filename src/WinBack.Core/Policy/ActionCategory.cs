namespace WinBack.Core.Policy;

/// <summary>What kind of message an action is.</summary>
public enum ActionCategory
{
    /// <summary>Needs permission and is held back by caps.</summary>
    Marketing,

    /// <summary>Owed to the customer; exempt from consent and caps (rules C5).</summary>
    Transactional,
}
