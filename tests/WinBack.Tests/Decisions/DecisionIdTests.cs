using WinBack.Core.Decisions;

namespace WinBack.Tests.Decisions;

public sealed class DecisionIdTests
{
    private const string Request = "7f0c2b1e-1234-4000-8000-00000000000a";

    [Fact]
    public void Parse_WhatToStringWrote_IsTheSame()
    {
        var id = new DecisionId(12, Guid.Parse(Request));
        Assert.Equal("12-" + Request, id.ToString());
        Assert.True(DecisionId.TryParse(id.ToString(), out DecisionId parsed));
        Assert.Equal(id, parsed);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("-" + Request)]
    [InlineData("x-" + Request)]
    [InlineData("-1-" + Request)]
    [InlineData("012-" + Request)]
    [InlineData("12-" + Request + "0")]
    [InlineData("12-7F0C2B1E-1234-4000-8000-00000000000A")]
    [InlineData("99999999999-" + Request)]
    public void Parse_AnythingElse_Fails(string? text) => Assert.False(DecisionId.TryParse(text, out _));
}
