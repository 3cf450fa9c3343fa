namespace WinBack.Adapters.Redis;

/// <summary>
/// The Redis Cluster hash tag of every partition. Tag p hashes to slot bitreverse14(p): the first P slots of that
/// sequence lie evenly over the 16,384, whatever P is, so any number of shards gets its share of partitions. Tags are
/// the shortest base-36 numbers that hash there; the table is generated once a process, and is the same in all.
/// </summary>
internal static class HashTags
{
    internal const int Slots = 16_384;
    private const int SlotBits = 14;
    private static readonly string[] Table = Generate();

    /// <summary>The most partitions a topic may have here.</summary>
    internal static int MaxPartitions => Table.Length;

    internal static string Of(int partition) => Table[partition];

    internal static int SlotOf(ReadOnlySpan<char> tag)
    {
        ushort crc = 0;
        foreach (char c in tag)
        {
            crc ^= (ushort)(c << 8);
            for (int bit = 0; bit < 8; bit++) crc = (ushort)((crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1);
        }

        return crc % Slots;
    }

    private static string[] Generate()
    {
        const int partitions = 1_024;
        var bySlot = new string?[Slots];
        Span<char> digits = stackalloc char[8];
        for (int number = 0, found = 0; found < Slots; number++)
        {
            ReadOnlySpan<char> tag = Base36(number, digits);
            int slot = SlotOf(tag);
            if (bySlot[slot] is not null) continue;
            bySlot[slot] = tag.ToString();
            found++;
        }

        return Enumerable.Range(0, partitions).Select(p => bySlot[ReverseBits(p)]!).ToArray();
    }

    private static int ReverseBits(int value)
    {
        int reversed = 0;
        for (int bit = 0; bit < SlotBits; bit++) reversed |= ((value >> bit) & 1) << (SlotBits - 1 - bit);
        return reversed;
    }

    private static ReadOnlySpan<char> Base36(int number, Span<char> digits)
    {
        int at = digits.Length;
        do
        {
            digits[--at] = "0123456789abcdefghijklmnopqrstuvwxyz"[number % 36];
            number /= 36;
        }
        while (number > 0);
        return digits[at..];
    }
}
