using WinBack.Core.Models;

namespace WinBack.Tests.Models;

public sealed class SampleDaysTests
{
    private static readonly DateOnly Day = new(2026, 6, 1);

    [Theory]
    [InlineData(1)]
    [InlineData(28)]
    [InlineData(366)]
    public void IsDayOf_EveryCustomer_HasOneDayOfTheCycle(int days)
    {
        int[] perDay = new int[days];
        for (int customer = 0; customer < 50 * days; customer++)
        {
            ulong key = SampleDays.KeyOf($"customer-{customer}");
            int day = Assert.Single(Enumerable.Range(0, days), d => SampleDays.IsDayOf(key, Day.AddDays(d), days));
            Assert.True(SampleDays.IsDayOf(key, Day.AddDays(day + days), days));
            perDay[day]++;
        }

        Assert.All(perDay, customers => Assert.InRange(customers, 15, 100));
    }

    /// <summary>Stored: another hash would let customers count twice after an update.</summary>
    [Fact]
    public void KeyOf_IsPinned() => Assert.Equal("cc121689c086b9b9", SampleDays.KeyOf("anna").ToString("x16"));
}
