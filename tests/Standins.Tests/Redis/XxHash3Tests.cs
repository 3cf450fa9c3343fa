using System.Diagnostics;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Standins.Tests.Redis;

/// <summary>The hash against three independent sources: published vectors, libxxhash itself, and the xxhsum tool.</summary>
public sealed class XxHash3Tests
{
    private const string Library = "libxxhash.so.0";
    private const ulong Prime32 = 0x9E3779B1;
    private const ulong Prime64 = 0x9E3779B185EBCA8D;

    // Every length up to 600 covers each of the five ways and all their borders; the rest has one block and more.
    private static readonly int[] _lengths =
        [.. Enumerable.Range(0, 601), 1023, 1024, 1025, 1088, 1089, 2048, 2049, 65_537];

    private static readonly long[] _seeds = [0, 1, -1, unchecked((long)Prime64), long.MinValue, 0x0123_4567_89AB_CDEF];

    /// <summary>The published self-test vectors of xxHash: length, hash with seed 0, hash with seed Prime64.</summary>
    [Theory]
    [InlineData(0, 0x2D06800538D394C2, 0xA8A6B918B2F0364A)]
    [InlineData(1, 0xC44BDFF4074EECDB, 0x032BE332DD766EF8)]
    [InlineData(6, 0x27B56A84CD2D7325, 0x84589C116AB59AB9)]
    [InlineData(12, 0xA713DAF0DFBB77E7, 0xE7303E1B2336DE0E)]
    [InlineData(24, 0xA3FE70BF9D3510EB, 0x850E80FC35BDD690)]
    [InlineData(48, 0x397DA259ECBA1F11, 0xADC2CBAA44ACC616)]
    [InlineData(80, 0xBCDEFBBB2C47C90A, 0xC6DD0CB699532E73)]
    [InlineData(195, 0xCD94217EE362EC3A, 0xBA68003D370CB3D9)]
    [InlineData(403, 0xCDEB804D65C6DEA4, 0x6259F6ECFD6443FD)]
    [InlineData(512, 0x617E49599013CB6B, 0x3CE457DE14C27708)]
    [InlineData(2048, 0xDD59E2C3A5F038E0, 0x66F81670669ABABC)]
    [InlineData(2099, 0xC6B9D9B3FC9AC765, 0x184F316843663974)]
    [InlineData(2240, 0x6E73A90539CF2948, 0x757BA8487D1B5247)]
    [InlineData(2367, 0xCB37AEB9E5D361ED, 0xD2DB3415B942B42A)]
    public void HashToUInt64_PublishedVector_Matches(int length, ulong unseeded, ulong seeded)
    {
        byte[] bytes = Bytes(length);

        Assert.Equal(unseeded, XxHash3.HashToUInt64(bytes));
        Assert.Equal(seeded, XxHash3.HashToUInt64(bytes, unchecked((long)Prime64)));
    }

    [LibraryFact]
    public void HashToUInt64_EveryLengthAndSeed_MatchesTheLibrary()
    {
        foreach (int length in _lengths)
        {
            byte[] bytes = Bytes(length);
            foreach (long seed in _seeds)
            {
                Assert.True(
                    HashOfLibrary(bytes, (nuint)length, seed) == XxHash3.HashToUInt64(bytes, seed),
                    $"length {length}, seed {seed}");
            }
        }
    }

    [ToolFact]
    public void HashToUInt64_EveryLength_MatchesTheTool()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("winback-xxh3-");
        try
        {
            string[] names = [.. _lengths.Select(length => length.ToString(CultureInfo.InvariantCulture))];
            foreach (string name in names)
            {
                File.WriteAllBytes(Path.Combine(folder.FullName, name), Bytes(int.Parse(name, CultureInfo.InvariantCulture)));
            }

            // A line "XXH3 (<file>) = <hash>" for each file, in order.
            string[] lines = RunTool(folder.FullName, names);
            string[] expected = [.. _lengths.Select(length => $"XXH3 ({length}) = {XxHash3.HashToUInt64(Bytes(length)):x16}")];
            Assert.Equal(expected, lines);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The buffer of xxHash's own self-test.
    private static byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        ulong state = Prime32;
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)(state >> 56);
            state *= Prime64;
        }

        return bytes;
    }

    private static string[] RunTool(string folder, string[] names)
    {
        var start = new ProcessStartInfo("xxhsum", ["-H3", .. names])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        using Process tool = Process.Start(start)!;
        string output = tool.StandardOutput.ReadToEnd();
        tool.WaitForExit();
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [DllImport(Library, EntryPoint = "XXH3_64bits_withSeed")]
    private static extern ulong HashOfLibrary(byte[] bytes, nuint length, long seed);

    private sealed class LibraryFactAttribute : FactAttribute
    {
        public LibraryFactAttribute()
        {
            if (!NativeLibrary.TryLoad(Library, out _))
            {
                Skip = $"{Library} is not installed (Debian package libxxhash0).";
            }
        }
    }

    private sealed class ToolFactAttribute : FactAttribute
    {
        public ToolFactAttribute()
        {
            bool isInstalled = (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator)
                .Any(folder => File.Exists(Path.Combine(folder, "xxhsum")));
            Skip = isInstalled ? null : "xxhsum is not on the PATH (Debian package xxhash).";
        }
    }
}
