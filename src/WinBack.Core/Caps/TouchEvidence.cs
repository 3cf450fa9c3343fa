namespace WinBack.Core.Caps;

/// <summary>What was heard of a touch from outcome events: a set, so that neither order nor repetition matters.</summary>
[Flags]
public enum TouchEvidence
{
    /// <summary>Nothing yet.</summary>
    None = 0,

    /// <summary>It left.</summary>
    Sent = 1,

    /// <summary>It arrived, or the customer did something that only a message that arrived allows.</summary>
    Delivered = 2,

    /// <summary>It was seen.</summary>
    Shown = 4,

    /// <summary>It did not leave, or did not arrive.</summary>
    Failed = 8,
}
