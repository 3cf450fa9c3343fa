using WinBack.Core.Events;

namespace WinBack.Core.Policy.Sequences;

/// <summary>
/// What a customer was when a sequence started (rules L5): kept with each of its touches, so that the message stays the
/// same to the end whatever is learnt meanwhile.
/// </summary>
public readonly record struct Cohort(Segment Segment, LapseReason Reason, ValueTier Tier)
{
    /// <summary>"tenured_churner.price.high".</summary>
    public override string ToString() => $"{Names.Of(Segment)}.{Names.Of(Reason)}.{Names.Of(Tier)}";

    /// <summary>What a newer version wrote and this one does not know counts as none.</summary>
    internal static Cohort Parse(string text)
    {
        string[] parts = text.Split('.');
        return parts.Length == 3
            ? new Cohort(ValueOf<Segment>(parts[0]), ValueOf<LapseReason>(parts[1]), ValueOf<ValueTier>(parts[2]))
            : default;
    }

    private static T ValueOf<T>(string name)
        where T : struct, Enum => Names.TryParse(name, out T value) ? value : default;
}
