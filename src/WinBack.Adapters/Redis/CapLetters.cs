using System.Globalization;
using WinBack.Core.Caps;
using WinBack.Core.Policy;

namespace WinBack.Adapters.Redis;

/// <summary>What caps count, and what is heard of a touch, as Scripts/ledger.lua writes it.</summary>
internal static class CapLetters
{
    private static readonly (TouchEvidence Evidence, char Letter)[] All =
        [(TouchEvidence.Sent, 's'), (TouchEvidence.Delivered, 'd'), (TouchEvidence.Shown, 'i'), (TouchEvidence.Failed, 'f')];

    /// <summary>"d 604800000000": the unit, and for how long outcomes matter; "" when they do not.</summary>
    internal static string Counts(CapUse cap) => cap.Counts == CapUnit.Reserved
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{Of(cap.Counts)} {CapTime.ToMicros(CountedTouch.KeepFor(cap))}");

    internal static char Of(CapUnit unit) => unit switch
    {
        CapUnit.Sent => 's',
        CapUnit.Delivered => 'd',
        CapUnit.Impression => 'i',
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "has no letter"),
    };

    internal static CapUnit UnitOf(char letter) => letter switch
    {
        's' => CapUnit.Sent,
        'd' => CapUnit.Delivered,
        'i' => CapUnit.Impression,
        _ => throw new InvalidDataException($"no unit of a cap '{letter}'"),
    };

    /// <param name="evidence">Of one outcome.</param>
    internal static string Of(TouchEvidence evidence) => Array.Find(All, pair => pair.Evidence == evidence).Letter.ToString();

    internal static TouchEvidence HeardOf(ReadOnlySpan<char> letters)
    {
        TouchEvidence heard = TouchEvidence.None;
        foreach ((TouchEvidence evidence, char letter) in All)
            if (letters.Contains(letter)) heard |= evidence;
        return heard;
    }
}
