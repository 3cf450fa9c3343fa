using WinBack.Core.Policy;

namespace WinBack.Adapters.Wire;

/// <summary>What several candidates of a stored decision have in common, which is written once, in the order in which it was first met.</summary>
internal sealed class SharedParts
{
    internal SharedParts() => PlaceOfCap = cap => CapUseWire.Place(cap, Caps);

    internal List<CapUse> Caps { get; } = [];

    internal List<SendWindow> Windows { get; } = [];

    /// <summary>From 0; adds what is not there.</summary>
    internal Func<CapUse, long> PlaceOfCap { get; }

    /// <summary>Of a candidate that is written only after them.</summary>
    internal void Add(Candidate candidate)
    {
        foreach (CapUse cap in candidate.Caps) CapUseWire.Place(cap, Caps);
        SendWindowWire.Place(candidate.Window, Windows);
    }
}
