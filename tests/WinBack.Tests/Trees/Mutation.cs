namespace WinBack.Tests.Trees;

/// <summary>Seeded damage to a good file: flipped bits, overwritten and extreme values, cuts, repeats.</summary>
internal static class Mutation
{
    public static byte[] Of(byte[] good, Random random)
    {
        byte[] bytes = (byte[])good.Clone();
        for (int times = random.Next(1, 4); times > 0 && bytes.Length > 8; times--)
        {
            int at = random.Next(bytes.Length);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.AsSpan(at, Math.Min(4, bytes.Length - at)).Fill((byte)(random.Next(2) * 255));
                    break;
                case 3:
                    bytes = bytes[..at];
                    break;
                case 4:
                    bytes = [.. bytes[..at], .. bytes[random.Next(at + 1)..]];
                    break;
                default:
                    BitConverter.TryWriteBytes(bytes.AsSpan(at), random.Next(2) == 0 ? int.MaxValue : -random.Next(10));
                    break;
            }
        }

        return bytes;
    }
}
