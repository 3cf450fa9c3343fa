using WinBack.Adapters.Redis;
using WinBack.Core.Decisions;

namespace WinBack.Tests.Redis;

public sealed class OutcomeCountsTests
{
    [Fact]
    public void Parse_WhatToStringWrote_IsTheSame()
    {
        var counts = new OutcomeCounts();
        Assert.Equal("", counts.ToString());
        foreach (FoldOutcome outcome in Enum.GetValues<FoldOutcome>())
            for (int i = 0; i <= (int)outcome; i++) counts.Add(outcome);
        var parsed = OutcomeCounts.Parse(counts.ToString());
        Assert.All(Enum.GetValues<FoldOutcome>(), outcome => Assert.Equal((int)outcome + 1, parsed[outcome]));
        Assert.Equal("folded=1 duplicate=2 late=3 dead_letter=4 erased=5 unknown_kind=6", parsed.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Parse_Nothing_IsZero(string? text) => Assert.Equal(0, OutcomeCounts.Parse(text)[FoldOutcome.Folded]);

    [Theory]
    [InlineData("folded")]
    [InlineData("folded=")]
    [InlineData("folded=-1")]
    [InlineData("folded=9223372036854775808")]
    [InlineData("swallowed=1")]
    public void Parse_OtherText_IsRefused(string text) => Assert.Throws<InvalidDataException>(() => OutcomeCounts.Parse(text));
}
