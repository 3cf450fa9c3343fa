namespace WinBack.Core.Policy.Sequences;

/// <summary>What a named sequence starts from. Its clock begins at that instant.</summary>
public enum SequenceTrigger
{
    /// <summary>The lapse: a cancellation, or the silence that makes one (rules L4).</summary>
    Lapse,

    /// <summary>The cancellation of the account (rules A15).</summary>
    Cancellation,

    /// <summary>A cart left behind; it must still be so at every step (rules A9).</summary>
    AbandonedCart,

    /// <summary>
    /// The end of the last sequence, its own too, unless the customer came back: for what comes after it, a newsletter each
    /// quarter (rules S1).
    /// </summary>
    SequenceEnd,

    /// <summary>A moment that the conditions describe: replenishment, season, renewal (rules A16). Has no instant of its own.</summary>
    Moment,
}
