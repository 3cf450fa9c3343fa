using System.Runtime.InteropServices;

namespace WinBack.Trees.Scoring;

/// <summary>One node of the flat layout: 8 bytes, so that a 20-leaf tree fills five cache lines.</summary>
/// <remarks>
/// A row goes to <see cref="Left"/> when its key is at most <see cref="Key"/>, else to <c>Left + 1</c>. A leaf has the
/// largest key and points at itself, so walking on from a leaf stays there.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct FlatNode(int key, ushort column, ushort left)
{
    public readonly int Key = key;

    /// <summary>Index into the row of keys that <see cref="KeyRow"/> writes.</summary>
    public readonly ushort Column = column;

    /// <summary>Slot of the left child, counted from the start of the group.</summary>
    public readonly ushort Left = left;
}
