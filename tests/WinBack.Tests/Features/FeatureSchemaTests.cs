using WinBack.Core.Events;
using WinBack.Core.Features;
using WinBack.Core.State;
using WinBack.Tests.State;

namespace WinBack.Tests.Features;

public sealed class FeatureSchemaTests
{
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly FeatureSchema Schema = FeatureSchema.Default;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Write_RandomCustomer_EqualsTheNaiveFeatures(int seed)
    {
        var random = new Random(seed);
        var customer = new RandomCustomer(seed, events: random.Next(2, 300), Start, TimeSpan.FromDays(700));
        for (int i = 0; i < 10; i++)
        {
            // Not later than the newest event by more than the windows, or all of them would be empty.
            DateTimeOffset asOf = Start + TimeSpan.FromMilliseconds(
                random.NextInt64((long)TimeSpan.FromDays(800).TotalMilliseconds));
            float[] values = Write(customer.StateBefore(asOf), asOf);
            foreach ((string name, double expected) in NaiveFeatures.Of(customer.Before(asOf), asOf))
            {
                Assert.True(Schema.IndexOf(name) >= 0, $"no feature '{name}'");
                float actual = values[Schema.IndexOf(name)];
                Assert.True(
                    double.IsNaN(expected) ? float.IsNaN(actual) : Math.Abs(actual - expected) <= 1e-5 * Math.Max(1, Math.Abs(expected)),
                    $"seed {seed}, {name} as of {asOf:O}: expected {expected}, found {actual}");
            }
        }
    }

    /// <summary>The order of arrival, and what came late, do not show in the features of an instant.</summary>
    [Fact]
    public void Write_EventsInAnotherOrder_SameFeatures()
    {
        var customer = new RandomCustomer(3, events: 200, Start, TimeSpan.FromDays(1.5));
        DateTimeOffset asOf = Start.AddDays(2);
        var events = customer.Before(asOf).ToArray();
        new Random(3).Shuffle(events);
        var bench = new FoldBench();
        foreach ((EventPayload payload, DateTimeOffset time) in events) bench.Add(payload, time, asOf);
        Assert.Equal(Write(customer.StateBefore(asOf), asOf), Write(bench.State, asOf));
    }

    /// <summary>
    /// A state that already holds later days and weeks does not let them into the windows. (Recency and lifetime
    /// features have no such memory: a state is to be loaded with an instant after its events.)
    /// </summary>
    [Fact]
    public void Sum_EventsOfLaterDaysAndWeeks_AreNotInTheWindows()
    {
        var customer = new RandomCustomer(8, events: 400, Start, TimeSpan.FromDays(60));
        DateTimeOffset asOf = Start.AddDays(50);
        DateTimeOffset nextDay = Start.AddDays(51);
        DateTimeOffset nextWeek = DateTimeOffset.UnixEpoch.AddDays(
            (Math.Floor((asOf - DateTimeOffset.UnixEpoch).TotalDays / 7) + 1) * 7);
        // The ring of days reaches 36 days back from the newest event: six more than the window.
        AssertEqualSums(
            customer.StateBefore(nextDay), customer.StateBefore(Start.AddDays(55)), asOf, FeatureWindow.Days7, FeatureWindow.Days30);
        AssertEqualSums(
            customer.StateBefore(nextWeek), customer.StateBefore(Start.AddDays(60)), asOf,
            FeatureWindow.Days90, FeatureWindow.PriorDays90, FeatureWindow.Days365);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Write_AnyState_GivesNumbersOrNaN(int seed)
    {
        foreach (DateTimeOffset asOf in (DateTimeOffset[])[DateTimeOffset.UnixEpoch, Start, Start.AddDays(400), DateTimeOffset.MaxValue])
        {
            CustomerState state = new RandomCustomer(seed, seed, Start, TimeSpan.FromDays(400)).StateBefore(
                DateTimeOffset.MaxValue);
            Assert.All(Write(state, asOf), v => Assert.False(float.IsInfinity(v)));
            Assert.All(Write(Saturated(), asOf), v => Assert.False(float.IsInfinity(v)));
        }
    }

    [Fact]
    public void Write_NothingKnown_IsNaNWhereThereIsNothingToComputeFrom_AndZeroWhereNothingIsACount()
    {
        float[] values = Write(new CustomerState(), Start);
        for (int i = 0; i < Schema.Count; i++)
        {
            FeatureDefinition feature = Schema.Features[i];
            if (feature.Name is "day_of_week" or "month") continue;
            // A count of nothing is 0; so are sums of money and time. Time since something, means and shares are not known.
            bool isSum = feature.Unit == "count" ? feature.Name != "items_per_order"
                : feature.Unit == "hours" || (feature.Unit == "currency" && feature.Name.StartsWith("spend_", StringComparison.Ordinal));
            Assert.True(isSum ? values[i] == 0 : float.IsNaN(values[i]), $"{feature.Name} of nothing is {values[i]}");
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Write_OtherLength_IsRefused(int more)
    {
        var e = Assert.Throws<ArgumentException>(() => Schema.Write(new FeatureContext(), new float[Schema.Count + more]));
        Assert.Contains($"{Schema.Count + more} values for {Schema.Count} features", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_AndLoad_AllocateNothing()
    {
        CustomerState state = new RandomCustomer(1, 300, Start, TimeSpan.FromDays(300)).StateBefore(Start.AddDays(300));
        var context = new FeatureContext();
        float[] values = new float[Schema.Count];
        // Three times, so that nothing is left to be initialised or compiled in the one that is measured.
        long allocated = 0;
        for (int i = 0; i < 3; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            context.Load(state, Start.AddDays(300 + i));
            Schema.Write(context, values);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Hash_CoversNamesUnitsMeaningsAndOrder()
    {
        FeatureDefinition a = new("a", "days", "one", _ => 0), b = new("b", "count", "two", _ => 0);
        string[] hashes =
        [
            .. new FeatureDefinition[][]
            {
                [a, b], [b, a], [a], [a with { Name = "c" }, b], [a with { Unit = "count" }, b], [a with { Description = "uno" }, b],
            }.Select(features => new FeatureSchema(features).Hash),
        ];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.All(hashes, h => Assert.Matches("^[0-9a-f]{16}$", h));
        Assert.Equal(new FeatureSchema([a, b]).Hash, new FeatureSchema([a with { Compute = _ => 1 }, b]).Hash);
    }

    [Fact]
    public void IndexOf_NamesOfTheSchema_AreTheirPlaces()
    {
        Assert.Equal(Enumerable.Range(0, Schema.Count), Schema.Names.Select(Schema.IndexOf));
        Assert.Equal(-1, Schema.IndexOf("no_such_feature"));
    }

    private static void AssertEqualSums(CustomerState expected, CustomerState actual, DateTimeOffset asOf, params FeatureWindow[] windows)
    {
        FeatureContext one = new(), other = new();
        one.Load(expected, asOf);
        other.Load(actual, asOf);
        Assert.True(actual.Instants[Instant.LastEvent] > expected.Instants[Instant.LastEvent]);
        foreach (FeatureWindow window in windows)
            Assert.All(Enum.GetValues<TileCounter>(), c => Assert.Equal(one.Sum(c, window), other.Sum(c, window)));
    }

    private static CustomerState Saturated()
    {
        var bench = new FoldBench();
        for (int i = 0; i < 4; i++)
        {
            bench.Add(FoldBench.Purchase(long.MaxValue, long.MaxValue), Start.AddDays(i));
            bench.Add(new UsagePayload("f", long.MaxValue, long.MaxValue, long.MaxValue), Start.AddDays(i));
        }

        return bench.State;
    }

    private static float[] Write(CustomerState state, DateTimeOffset asOf)
    {
        var context = new FeatureContext();
        context.Load(state, asOf);
        float[] values = new float[Schema.Count];
        Schema.Write(context, values);
        return values;
    }
}
