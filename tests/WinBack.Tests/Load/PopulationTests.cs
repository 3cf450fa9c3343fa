using WinBack.Load.Target;

namespace WinBack.Tests.Load;

public sealed class PopulationTests
{
    [Fact]
    public void Pick_SameSeed_SameCustomers_AnotherSeed_Others()
    {
        Assert.Equal(Picks(1), Picks(1));
        Assert.NotEqual(Picks(1), Picks(2));
    }

    /// <summary>Spread evenly: each of ten customers is within a fifth of its share after 10,000 picks.</summary>
    [Fact]
    public void Pick_ManyTimes_MeetsAllAlike()
    {
        var population = new Population(10, 1, "c");
        ILookup<string, string> met = Enumerable.Range(0, 10_000).Select(_ => population.Pick()).ToLookup(customer => customer);
        Assert.Equal(10, met.Count);
        Assert.All(met, customer => Assert.InRange(customer.Count(), 800, 1_200));
    }

    [Fact]
    public void PickActiveAndPickOfFirstHalf_StayInTheirShare()
    {
        var population = new Population(100, 1, "c");
        Assert.All(Enumerable.Range(0, 1_000), _ => Assert.True(string.CompareOrdinal(population.PickActive(), population[25]) < 0));
        Assert.All(Enumerable.Range(0, 1_000), _ => Assert.True(string.CompareOrdinal(population.PickOfFirstHalf(), population[50]) < 0));
    }

    private static string[] Picks(int seed)
    {
        var population = new Population(1_000, seed, "c");
        return [.. Enumerable.Range(0, 20).Select(_ => population.Pick())];
    }
}
