using System.Collections.Concurrent;
using System.Globalization;

namespace WinBack.IntegrationTests.EventPath;

/// <summary>Runs a scenario once a seed. WINBACK_FAULT_SEEDS says which: "20" for 1 to 20, "6-6" for one of them.</summary>
internal static class FaultSeeds
{
    private const int Default = 3;

    // A run mostly waits for session time-outs, so a few fit beside each other.
    private const int AtOnce = 3;

    private static IEnumerable<int> All { get; } = Parse(Environment.GetEnvironmentVariable("WINBACK_FAULT_SEEDS"));

    /// <summary>The scenario must leave no violation, whatever the seed.</summary>
    internal static async Task HoldAsync(Func<int, Task<IReadOnlyList<string>>> scenario)
    {
        var violations = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(All, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (seed, _) =>
        {
            foreach (string violation in await scenario(seed)) violations.Enqueue($"seed {seed}: {violation}");
        });
        Assert.True(violations.IsEmpty, string.Join("\n", violations));
    }

    /// <summary>The scenario, run with a guard taken out, must leave this violation for some seed: else the guard is not tested.</summary>
    internal static async Task BreakAsync(string expected, Func<int, Task<IReadOnlyList<string>>> scenario)
    {
        var others = new List<string>();
        foreach (int seed in All)
        {
            IReadOnlyList<string> violations = await scenario(seed);
            if (violations.Any(v => v.Contains(expected, StringComparison.Ordinal))) return;
            others.AddRange(violations);
        }

        Assert.Fail($"Without its guard no seed gave '{expected}', but: {string.Join('\n', others)}");
    }

    private static IEnumerable<int> Parse(string? setting)
    {
        if (string.IsNullOrEmpty(setting)) return Enumerable.Range(1, Default);
        int[] bounds = [.. setting.Split('-').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
        int first = bounds.Length == 1 ? 1 : bounds[0];
        return Enumerable.Range(first, bounds[^1] - first + 1);
    }
}
