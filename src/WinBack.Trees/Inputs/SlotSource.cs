namespace WinBack.Trees.Inputs;

/// <summary>Where the value of one feature slot comes from, and what is done to it in order.</summary>
/// <param name="Name">Feature name.</param>
/// <param name="Column">Index of the input column that holds the number; -1 for a vocabulary slot.</param>
/// <param name="Lookup">Index of the vocabulary look-up; -1 for a number.</param>
/// <param name="Key">The slot is 1 when the look-up gives this key, else 0; <see cref="WholeKey"/>: the slot is the key.</param>
/// <param name="Steps">Applied in order.</param>
internal sealed record SlotSource(string Name, int Column, int Lookup, int Key, IReadOnlyList<SlotStep> Steps)
{
    /// <summary>The key itself as a number, where trees ask for sets of keys.</summary>
    public const int WholeKey = -1;

    /// <summary>What a slot of a look-up holds.</summary>
    /// <param name="key">That the look-up gave; 0 for unknown terms.</param>
    public float Of(int key) => Key == WholeKey ? key : key == Key ? 1 : 0;
}
