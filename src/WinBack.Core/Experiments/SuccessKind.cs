namespace WinBack.Core.Experiments;

/// <summary>What an experiment counts as a success of a customer.</summary>
public enum SuccessKind
{
    /// <summary>Activity after a lapse, whatever brought it.</summary>
    Returned = 1,

    Opened = 2,
    Clicked = 3,
    Replied = 4,
    Converted = 5,
}
