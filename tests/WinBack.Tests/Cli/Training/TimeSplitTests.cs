using WinBack.Cli;
using WinBack.Cli.Training;
using WinBack.Trees.Training;

namespace WinBack.Tests.Cli.Training;

public sealed class TimeSplitTests
{
    private static readonly DateTimeOffset Start = new(2011, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_ValidFrom_PurgesRowsWhoseLabelLooksIntoValidation()
    {
        TimeSplit split = TimeSplit.Of(Table(100), Start.AddDays(60), 0.2, TimeSpan.FromDays(20), 1);

        Assert.Equal(Enumerable.Range(0, 41).Select(Day), split.Learning.Times.ToArray());
        Assert.Equal(Enumerable.Range(60, 40).Select(Day), split.Validation.Times.ToArray());
        Assert.Equal(19, split.Purged);
    }

    [Fact]
    public void Of_Share_TakesTheLatestRows()
    {
        TimeSplit split = TimeSplit.Of(Table(100), null, 0.2, TimeSpan.FromDays(5), 1);

        Assert.Equal(Start.AddDays(80), split.ValidFrom);
        Assert.Equal(20, split.Validation.RowCount);
        Assert.Equal(76, split.Learning.RowCount);
        Assert.Equal(4, split.Purged);
    }

    [Fact]
    public void Of_HorizonLongerThanTheTable_SaysWhatIsLeft()
    {
        var empty =
            Assert.Throws<BadInputException>(() => TimeSplit.Of(Table(30), Start.AddDays(20), 0.2, TimeSpan.FromDays(60), 1));
        Assert.Contains(
            "leaves 0 rows to learn from and 10 to validate: set --valid-from", empty.Message, StringComparison.Ordinal);
    }

    private static DateTimeOffset Day(int day) => Start.AddDays(day);

    private static TrainingTable Table(int days) => new(
        ["x"],
        [Enumerable.Range(0, days).Select(i => (float)i).ToArray()],
        Enumerable.Range(0, days).Select(i => (float)(i % 2)).ToArray(),
        null,
        Enumerable.Range(0, days).Select(Day).ToArray());
}
