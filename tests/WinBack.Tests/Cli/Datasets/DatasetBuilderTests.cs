using Google.Protobuf.WellKnownTypes;
using WinBack.Cli.Datasets;
using WinBack.Cli.Replay;
using WinBack.Core.Features;
using WinBack.Core.State;
using WinBack.V1;

namespace WinBack.Tests.Cli.Datasets;

public sealed class DatasetBuilderTests
{
    private static readonly DateTimeOffset Start = new(2011, 1, 3, 0, 0, 0, TimeSpan.Zero);
    private static readonly int Purchases = FeatureSchema.Default.IndexOf("purchases_lifetime");

    [Fact]
    public void Build_EventAtTheCut_IsInTheLabelAndNotInTheFeatures()
    {
        DatasetModel model = Model(DatasetTask.Churn, Start.AddDays(10));

        DatasetRow row = Assert.Single(Build(model, Buy("a", 0), Buy("a", 10)));

        Assert.Equal(1, row.Features[Purchases]);
        Assert.False(row.Label);
    }

    [Fact]
    public void Build_EventOneMillisecondBeforeTheCut_IsInTheFeaturesAndNotInTheLabel()
    {
        DatasetModel model = Model(DatasetTask.Churn, Start.AddDays(10).AddMilliseconds(1));

        DatasetRow row = Assert.Single(Build(model, Buy("a", 0), Buy("a", 10)));

        Assert.Equal(2, row.Features[Purchases]);
        Assert.True(row.Label);
    }

    [Fact]
    public void Build_EventAtTheEndOfTheHorizon_IsNotInTheLabel()
    {
        DatasetModel model = Model(DatasetTask.Churn, Start.AddDays(10));

        Assert.True(Assert.Single(Build(model, Buy("a", 0), Buy("a", 20))).Label);
        Assert.False(Assert.Single(Build(model, Buy("a", 0), Buy("a", 20 - (1 / 86_400_000.0)))).Label);
    }

    [Fact]
    public void Build_WinBack_HasOnlyCustomersSilentForLongerThanTheLapse()
    {
        DatasetModel model = Model(DatasetTask.WinBack, Start.AddDays(30)) with { Lapse = TimeSpan.FromDays(20) };

        List<DatasetRow> rows =
            Build(model, Buy("returns", 0), Buy("stays-away", 9), Buy("just-not", 10), Buy("active", 25), Buy("returns", 31));

        Assert.Equal([("returns", true), ("stays-away", false)], rows.Select(r => (r.Customer, r.Label)));
    }

    [Fact]
    public void Build_ChurnWithLapse_HasOnlyCustomersActiveWithinIt()
    {
        DatasetModel model = Model(DatasetTask.Churn, Start.AddDays(30)) with { Lapse = TimeSpan.FromDays(20) };

        List<DatasetRow> rows = Build(model, Buy("gone", 9), Buy("edge", 10), Buy("active", 25), Buy("active", 31));

        Assert.Equal([("active", false), ("edge", true)], rows.Select(r => (r.Customer, r.Label)));
    }

    [Fact]
    public void Build_RefundOnly_IsNoActivity()
    {
        DatasetModel model = Model(DatasetTask.Churn, Start.AddDays(10));

        List<DatasetRow> rows = Build(model, Buy("a", 0), Refund("b", 1), Refund("a", 12));

        Assert.True(Assert.Single(rows, r => r.Customer == "a").Label);
        Assert.DoesNotContain(rows, r => r.Customer == "b");
    }

    [Fact]
    public void Build_ErasedWithinTheHorizon_LeavesNoRow()
    {
        CustomerEvent erased = At("a", 12);
        erased.Lifecycle = new LifecycleEvent { Kind = LifecycleEvent.Types.Kind.Erased };

        Assert.Equal(
            ["b"], Build(Model(DatasetTask.Churn, Start.AddDays(10)), Buy("a", 0), Buy("b", 0), erased).Select(r => r.Customer));
    }

    [Fact]
    public void Build_Until_ReadsNothingFromThatInstantOn()
    {
        DatasetModel model = Model(DatasetTask.Churn, Start.AddDays(10)) with { Until = Start.AddDays(20) };
        int read = 0;

        var builder = new DatasetBuilder(model, FeatureSchema.Default, new FoldOptions());
        Assert.Single(builder.Build(new[] { Buy("a", 0), Buy("a", 20), Buy("a", 21) }.Select(e => { read++; return e; })));

        Assert.Equal(2, read);
        Assert.Equal(1, builder.Replay.States["a"].Lifetime[TileCounter.Purchases]);
    }

    /// <summary>
    /// Every row against a state folded from nothing but the events before its cut, and a label read off the raw
    /// events.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Build_RandomEvents_EqualsNaivePointInTime(int seed)
    {
        CustomerEvent[] events = RandomEvents(seed);
        DateTimeOffset[] cuts = Enumerable.Range(0, 9).Select(i => Start.AddDays(5 + (7 * i))).ToArray();
        foreach (DatasetTask task in System.Enum.GetValues<DatasetTask>())
        {
            DatasetModel model = Model(task, cuts) with { Lapse = task == DatasetTask.WinBack ? TimeSpan.FromDays(8) : null };

            List<DatasetRow> rows = Build(model, events);

            List<DatasetRow> naive = cuts.SelectMany(cut => NaiveRows(model, cut, events)).ToList();
            Assert.NotEmpty(rows);
            Assert.Equal(naive.Select(r => (r.Customer, r.Cut, r.Label)), rows.Select(r => (r.Customer, r.Cut, r.Label)));
            for (int i = 0; i < rows.Count; i++) Assert.Equal(naive[i].Features, rows[i].Features);
        }
    }

    /// <summary>No row may know anything of events at or after the end of its horizon.</summary>
    [Fact]
    public void Build_MoreEventsAfterTheHorizon_ChangeNoRow()
    {
        DatasetModel model = Model(DatasetTask.Churn, Start.AddDays(20), Start.AddDays(30));
        CustomerEvent[] events = RandomEvents(7);
        CustomerEvent[] before = events.Where(e => e.EventTime.ToDateTimeOffset() < Start.AddDays(40)).ToArray();
        Assert.NotEqual(before.Length, events.Length);

        List<DatasetRow> shorter = Build(model, before);
        List<DatasetRow> longer = Build(model, events);

        Assert.Equal(shorter.Select(r => (r.Customer, r.Cut, r.Label)), longer.Select(r => (r.Customer, r.Cut, r.Label)));
        for (int i = 0; i < shorter.Count; i++) Assert.Equal(shorter[i].Features, longer[i].Features);
    }

    private static IEnumerable<DatasetRow> NaiveRows(DatasetModel model, DateTimeOffset cut, CustomerEvent[] events)
    {
        foreach (string customer in events.Select(e => e.CustomerId).Distinct().Order(StringComparer.Ordinal))
        {
            CustomerEvent[] own = events.Where(e => e.CustomerId == customer).ToArray();
            DateTimeOffset[] buys = own.Where(e => e.Billing.Kind == BillingEvent.Types.Kind.Purchase)
                .Select(e => e.EventTime.ToDateTimeOffset()).ToArray();
            DateTimeOffset? latest = buys.Where(t => t < cut).Select(t => (DateTimeOffset?)t).Max();
            if (latest is null || (model.Task == DatasetTask.WinBack && cut - latest <= model.Lapse)) continue;
            var replay = new EventReplay(new FoldOptions());
            foreach (CustomerEvent e in own.Where(e => e.EventTime.ToDateTimeOffset() < cut)) replay.Apply(e);
            var context = new FeatureContext();
            context.Load(replay.States[customer], cut);
            float[] features = new float[FeatureSchema.Default.Count];
            FeatureSchema.Default.Write(context, features);
            bool isActive = buys.Any(t => t >= cut && t < cut + model.Horizon);
            yield return new DatasetRow(customer, cut, features, isActive == (model.Task == DatasetTask.WinBack));
        }
    }

    private static CustomerEvent[] RandomEvents(int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, 400)
            .Select(_ => (Day: random.Next(70 * 24) / 24.0, Customer: "c" + random.Next(25), IsRefund: random.Next(5) == 0))
            .OrderBy(x => x.Day)
            .Select((x, i) => x.IsRefund ? Refund(x.Customer, x.Day, i) : Buy(x.Customer, x.Day, i))
            .ToArray();
    }

    private static DatasetModel Model(DatasetTask task, params DateTimeOffset[] cuts) =>
        new(task, cuts, TimeSpan.FromDays(10), null, null);

    private static List<DatasetRow> Build(DatasetModel model, params CustomerEvent[] events) =>
        new DatasetBuilder(model, FeatureSchema.Default, new FoldOptions()).Build(events).ToList();

    private static CustomerEvent Buy(string customer, double day, int number = 0) =>
        Billing(customer, day, number, BillingEvent.Types.Kind.Purchase);

    private static CustomerEvent Refund(string customer, double day, int number = 0) =>
        Billing(customer, day, number, BillingEvent.Types.Kind.Refund);

    private static CustomerEvent Billing(string customer, double day, int number, BillingEvent.Types.Kind kind)
    {
        CustomerEvent e = At(customer, day, number);
        e.Billing = new BillingEvent
        {
            Kind = kind, ItemCount = 3, Amount = new Money { AmountMicros = 5_000_000 + number, CurrencyCode = "GBP" },
        };
        return e;
    }

    private static CustomerEvent At(string customer, double day, int number = 0) => new()
    {
        EventId = FormattableString.Invariant($"{day}-{number}"),
        CustomerId = customer,
        EventTime = Start.AddMilliseconds(Math.Round(day * 86_400_000)).ToTimestamp(),
    };
}
