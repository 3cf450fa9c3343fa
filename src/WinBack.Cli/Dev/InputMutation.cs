using System.Buffers.Binary;

namespace WinBack.Cli.Dev;

/// <summary>Seeded damage to a good file: flipped bits, extreme numbers in binary and in text, cuts, repeats, moved parts.</summary>
internal static class InputMutation
{
    private static readonly string[] ExtremeTexts =
        ["-1", "0", "2147483647", "-2147483648", "99999999999999999999", "1e308", "NaN", "Infinity", "", "null", "[]", "{}", "\"", "=", "\n"];

    private static readonly long[] ExtremeNumbers =
        [0, -1, 1, int.MaxValue, int.MinValue, 1 << 24, 1 << 30, long.MaxValue, long.MinValue, 0x7FC00000, 0x7FF8000000000000];

    internal static byte[] Of(byte[] good, Random random)
    {
        byte[] bytes = [.. good];
        for (int times = random.Next(1, 5); times > 0 && bytes.Length > 0; times--) bytes = Once(bytes, random);
        return bytes;
    }

    private static byte[] Once(byte[] bytes, Random random)
    {
        int at = random.Next(bytes.Length);
        int length = random.Next(1, 1 + Math.Min(64, bytes.Length - at));
        switch (random.Next(10))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 2:
                bytes.AsSpan(at, Math.Min(8, length)).Fill((byte)(random.Next(2) * 255));
                return bytes;
            case 3:
                return bytes[..at];
            case 4:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 5:
                return [.. bytes[..(at + length)], .. bytes[at..]];
            case 6:
                int other = random.Next(bytes.Length);
                bytes.AsSpan(at, Math.Min(length, bytes.Length - other)).CopyTo(bytes.AsSpan(other));
                return bytes;
            case 7:
                return OtherNumber(bytes, at, random);
            default:
                return OtherText(bytes, at, random);
        }
    }

    private static byte[] OtherNumber(byte[] bytes, int at, Random random)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        long value = ExtremeNumbers[random.Next(ExtremeNumbers.Length)] + random.Next(-2, 3);
        if (random.Next(4) == 0) BinaryPrimitives.WriteInt64BigEndian(number, value);
        else BinaryPrimitives.WriteInt64LittleEndian(number, value);
        int size = Math.Min(1 << random.Next(4), bytes.Length - at);
        number[..size].CopyTo(bytes.AsSpan(at));
        return bytes;
    }

    /// <summary>Another text in the place of a run of digits near by, which is a number where the format is text.</summary>
    private static byte[] OtherText(byte[] bytes, int at, Random random)
    {
        int start = bytes.AsSpan(at).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (start < 0) return bytes;
        start += at;
        int length = bytes.AsSpan(start).IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        int end = length < 0 ? bytes.Length : start + length;
        byte[] text = System.Text.Encoding.ASCII.GetBytes(ExtremeTexts[random.Next(ExtremeTexts.Length)]);
        return [.. bytes[..start], .. text, .. bytes[end..]];
    }
}
