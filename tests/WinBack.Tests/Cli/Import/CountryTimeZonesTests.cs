using WinBack.Cli.Import;

namespace WinBack.Tests.Cli.Import;

public sealed class CountryTimeZonesTests
{
    [Theory]
    [InlineData("United Kingdom", "Europe/London")]
    [InlineData("EIRE", "Europe/Dublin")]
    [InlineData("Japan", "Asia/Tokyo")]
    public void Of_CountryWithOneZone_IsKnownToTheSystem(string country, string zone)
    {
        Assert.Equal(zone, CountryTimeZones.Of(country));
        Assert.Equal(zone, TimeZoneInfo.FindSystemTimeZoneById(zone).Id);
    }

    [Theory]
    [InlineData("USA")]
    [InlineData("Unspecified")]
    [InlineData("")]
    public void Of_CountryWithSeveralZonesOrNone_IsNull(string country) => Assert.Null(CountryTimeZones.Of(country));
}
