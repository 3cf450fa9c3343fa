using WinBack.Core.Events;
using WinBack.Core.Policy.Reasons;

namespace WinBack.Tests.Policy.Reasons;

public sealed class TextTaggerTests
{
    private const string Heading = "word\tprice\tneglect\tproduct_fit\tsupport_friction\tswitching\tunknown\n";

    [Fact]
    public void Tokens_AreLowerCaseWordsAndPairs_WithoutApostrophesAndPlurals()
    {
        Assert.Equal(["dont", "price", "basis", "class", "bu"], WordsOf("Don't PRICES, basis... class\tbu"));
        var tokens = new TextTokens("Not  worth-it", stackalloc char[TextTokens.MaxChars], stackalloc int[TextTokens.MaxWords]);
        Assert.Equal(("not worth", "worth it"), (tokens.Pair(0).ToString(), tokens.Pair(1).ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ?! ")]
    public void Tokens_OfNothing_AreNone(string text) => Assert.Empty(WordsOf(text));

    [Fact]
    public void Tokens_OfLongTexts_AreBounded()
    {
        Assert.Equal(TextTokens.MaxWords, WordsOf(string.Join(' ', Enumerable.Repeat("ab", 400))).Length);
        Assert.Single(WordsOf(new string('x', 2_000)));
        Assert.NotEmpty(WordsOf(string.Join(' ', Enumerable.Repeat("abcdefghijk", 200))));
    }

    [Fact]
    public void Tag_MultipliesRatiosOfWordsAndPairs()
    {
        TextTagger tagger = Read("dear\t4\t1\t1\t1\t1\t1\nnot dear\t0.1\t1\t1\t1\t1\t1\nslow\t1\t1\t3\t1\t1\t1\n");
        TextTag dear = tagger.Tag("dear and slow")!;
        Assert.Equal((LapseReason.Price, 4 / 11.0), (dear.Reason, dear.Probability));
        Assert.Equal(["dear"], dear.Words);
        TextTag slow = tagger.Tag("not dear but slow")!;
        Assert.Equal(LapseReason.ProductFit, slow.Reason);
        Assert.Equal([0.4, 1, 3, 1, 1, 1], slow.Ratios);
        Assert.Null(tagger.Tag("something else"));
    }

    [Theory]
    [InlineData("dear\t4\t1\t1\t1\t1")]
    [InlineData("dear\t4\t1\t1\t1\t1\t0")]
    [InlineData("dear\t4\t1\t1\t1\t1\tmuch")]
    public void Read_BrokenLine_IsRefusedWithItsNumber(string line) =>
        Assert.StartsWith("line 2:", Assert.Throws<FormatException>(() => Read(line)).Message);

    private static TextTagger Read(string lines)
    {
        using var reader = new StringReader(Heading + lines);
        return TextTagger.Read(reader);
    }

    private static string[] WordsOf(string text)
    {
        var tokens = new TextTokens(text, stackalloc char[TextTokens.MaxChars], stackalloc int[TextTokens.MaxWords]);
        string[] words = new string[tokens.WordCount];
        for (int i = 0; i < words.Length; i++) words[i] = tokens.Word(i).ToString();
        return words;
    }
}
