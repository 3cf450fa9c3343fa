using WinBack.Cli.Import;

namespace WinBack.Tests.Cli.Import;

public sealed class ItemCategoriesTests
{
    [Theory]
    [InlineData("SET OF 3 CHRISTMAS CAKE TINS", "christmas")]
    [InlineData("GLASS STAR FROSTED T-LIGHT HOLDER", "candles_and_lights")]
    [InlineData("jumbo bag red retrospot", "bags")]
    [InlineData("SET OF 3 CAKE TINS PANTRY DESIGN", "baking")]
    [InlineData("IVORY KNITTED MUG COSY", "tableware")]
    [InlineData("SPACEBOY LUNCH BOX ", "tableware")]
    [InlineData("CHOOSE YOUR OWN", "")]
    [InlineData("BAGPIPES", "")]
    [InlineData("", "")]
    public void Of_Description_IsFirstCategoryWithAWholeWord(string description, string expected) =>
        Assert.Equal(expected, ItemCategories.Of(description));

    [Fact]
    public void Names_AreShortAndUnique()
    {
        Assert.Equal(ItemCategories.Names.Count(), ItemCategories.Names.Distinct().Count());
        Assert.All(ItemCategories.Names, name => Assert.Matches("^[a-z_]{1,64}$", name));
    }
}
