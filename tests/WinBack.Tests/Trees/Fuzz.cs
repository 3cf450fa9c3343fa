using WinBack.Trees.ModelFiles;

namespace WinBack.Tests.Trees;

/// <summary>Feeds damaged files to a reader: it may read them or refuse them, nothing else.</summary>
internal static class Fuzz
{
    /// <summary>More memory than this for one small file means that a count was believed.</summary>
    private const long MaxAllocatedBytes = 256L << 20;

    public static void Run(byte[] good, int seed, int count, Action<byte[]> read)
    {
        read(good);
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            byte[] bytes = Mutation.Of(good, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(bytes);
            }
            catch (ModelFormatException)
            {
            }
            catch (Exception e)
            {
                Assert.Fail($"Seed {seed}, input {i}: {e}");
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxAllocatedBytes);
        }
    }
}
