using System.Runtime.CompilerServices;

namespace WinBack.Core.Policy;

/// <summary>A set of enum members that an action is for; empty means all. Members have numbers below 32.</summary>
public sealed class Choice<T>
    where T : struct, Enum
{
    private readonly uint _bits;

    public Choice(IEnumerable<T> members)
    {
        Members = members.Distinct().ToArray();
        foreach (T member in Members) _bits |= Bit(member);
        Text = string.Join(" or ", Members.Select(Names.Of));
    }

    public IReadOnlyList<T> Members { get; }

    /// <summary>The members by name, "price or neglect".</summary>
    public string Text { get; }

    public bool Allows(T member) => _bits == 0 || (_bits & Bit(member)) != 0;

    private static uint Bit(T member) => 1u << Unsafe.BitCast<T, int>(member);
}
