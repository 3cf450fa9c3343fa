namespace WinBack.Core.State;

/// <summary>
/// Short texts read lately, by their UTF-8 bytes, so that the few names that most states hold (features, categories, plans)
/// are not made anew for every state that is read. A place holds the text that came last. Not thread-safe.
/// </summary>
internal sealed class TextPool
{
    private const int Places = 1_024;
    private const int LongestBytes = 64;
    private readonly (byte[] Bytes, string Text)[] _places = new (byte[], string)[Places];

    internal string? Find(ReadOnlySpan<byte> bytes)
    {
        (byte[] Bytes, string Text) place = _places[PlaceOf(bytes)];
        return place.Bytes is { } known && bytes.SequenceEqual(known) ? place.Text : null;
    }

    internal void Keep(ReadOnlySpan<byte> bytes, string text)
    {
        if (bytes.Length <= LongestBytes) _places[PlaceOf(bytes)] = (bytes.ToArray(), text);
    }

    private static int PlaceOf(ReadOnlySpan<byte> bytes)
    {
        uint hash = (uint)bytes.Length;
        foreach (byte b in bytes) hash = (hash * 31) + b;
        return (int)(hash % Places);
    }
}
