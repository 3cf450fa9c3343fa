using WinBack.Core.Policy.Capacities;

namespace WinBack.Tests.Policy.Capacities;

public sealed class OpportunityPriceTests
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Fact]
    [Trait("Rule", "C6")]
    public void Of_EnoughForAll_IsFree() => Assert.Equal(0, OpportunityPrice.Of(Demand((1_000, 10), (5_000, 10)), Week, Week, 20));

    [Fact]
    [Trait("Rule", "C6")]
    public void Of_TooFew_IsWhatTheBestOnesBring()
    {
        double price = OpportunityPrice.Of(Demand((1_000, 10), (5_000, 10)), Week, Week, 10);
        Assert.InRange(price, 1_000, 5_000);
        Assert.True(OpportunityPrice.Of(Demand((1_000, 10), (5_000, 10)), Week, Week, 9) > 5_000);
    }

    [Fact]
    [Trait("Rule", "C6")]
    public void Of_LessTimeLeft_IsNeverDearer()
    {
        var random = new Random(41);
        KeyValuePair<int, long>[] demand = Demand([.. Enumerable.Range(0, 200).Select(_ => (Math.Exp(random.NextDouble() * 12), 1L))]);
        double before = double.MaxValue;
        for (int hours = 168; hours >= 0; hours -= 4)
        {
            double price = OpportunityPrice.Of(demand, Week, TimeSpan.FromHours(hours), 20);
            Assert.True(price <= before, $"{hours} h: {price} after {before}");
            before = price;
        }

        Assert.Equal(0, before);
    }

    /// <summary>Units sold at the price over a week bring more than those given to whoever comes first.</summary>
    [Theory]
    [Trait("Rule", "C6")]
    [InlineData(51)]
    [InlineData(52)]
    [InlineData(53)]
    public void Of_SellingByIt_BringsMoreThanFirstComeFirstServed(int seed)
    {
        const int units = 20, customers = 200;
        var random = new Random(seed);
        double[] lastWeek = Values(random, customers), thisWeek = Values(random, customers);
        KeyValuePair<int, long>[] demand = Demand([.. lastWeek.Select(v => (v, 1L))]);
        double byPrice = 0;
        int left = units;
        for (int i = 0; i < customers; i++)
        {
            if (left == 0 || thisWeek[i] < OpportunityPrice.Of(demand, Week, Week * ((customers - i) / (double)customers), left)) continue;
            byPrice += thisWeek[i];
            left--;
        }

        double first = thisWeek.Take(units).Sum(), best = thisWeek.OrderDescending().Take(units).Sum();
        Assert.True(byPrice > 2 * first, $"{byPrice:0} by price, {first:0} to the first");
        Assert.True(byPrice > 0.8 * best, $"{byPrice:0} by price, {best:0} to the best");
        Assert.InRange(left, 0, 2);
    }

    private static double[] Values(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Math.Exp(random.NextDouble() * 5) * 1_000)];

    private static KeyValuePair<int, long>[] Demand(params (double Value, long Units)[] asked) =>
        [.. asked.GroupBy(a => OpportunityPrice.BucketOf(a.Value)).Select(g => KeyValuePair.Create(g.Key, g.Sum(a => a.Units)))];
}
