namespace WinBack.Tests.Tidy;

/// <summary>The reader that the tidy tests trust.</summary>
public sealed class CSharpOutlineTests
{
    private const string Example = """"
        using System;

        namespace Some.Where;

        /// <summary>Not a class Fake { }.</summary>
        [Obsolete("class Text { }")]
        public sealed class One<T>(int width = 3) : Base where T : class, new()
        {
            private static readonly int[] Table = [1, 2];
            private readonly string _text = $"{Of("{", '}')} {{ class";

            [Range(1, 2)]
            public int Width { get; init; } = 5;

            public static One Default { get; } = new()
            {
                Width = 7,
            };

            // void Gone() { }
            public int Sum(int a, int b = 4)
            {
                foreach (int i in Table)
                {
                    a += i;
                }

                return a + b; /* } */
            }

            public string Kind(int x) => x switch
            {
                1 => """a "raw" } text""",
                _ => @"verbatim "" \",
            };

            public static bool operator ==(One a, One b)
            {
                return true;
            }

            public abstract void Nothing();

            private enum Inside
            {
                A = 1,
            }
        }

        internal readonly record struct Two(int A, string B = "=>");

        file interface Three
        {
        }
        """";

    private static readonly CSharpOutline Outline = CSharpOutline.Of(Example);

    [Fact]
    public void Types_AreFoundWithTheirPlaceAndAccess() =>
        Assert.Equal(
            [
                new CodeType("One", IsOutermost: true, IsPublic: true, IsFileLocal: false),
                new CodeType("Inside", IsOutermost: false, IsPublic: false, IsFileLocal: false),
                new CodeType("Two", IsOutermost: true, IsPublic: false, IsFileLocal: false),
                new CodeType("Three", IsOutermost: true, IsPublic: false, IsFileLocal: true),
            ],
            Outline.Types);

    [Fact]
    public void Members_AreFoundWithTheirLengths() =>
        Assert.Equal(
            [new CodeMember("Width", 2), new CodeMember("Default", 1), new CodeMember("Sum", 9), new CodeMember("Kind", 5)],
            Outline.Members.Take(4));

    [Fact]
    public void Code_HasNoCommentsAndStrings_ButAllLines()
    {
        Assert.Equal(Example.Count(c => c == '\n'), Outline.Code.Count(c => c == '\n'));
        string[] gone = ["Fake", "Text", "Gone", "raw", "verbatim"];
        Assert.All(gone, word => Assert.DoesNotContain(word, Outline.Code, StringComparison.Ordinal));
    }

    /// <summary>Every brace must be matched, or the outline has lost its way in a file.</summary>
    [Fact]
    public void Code_OfEveryFile_HasMatchingBraces() =>
        Assert.All(
            SourceFile.CSharp("src", "load", "standins", "tests"),
            file => Assert.True(
                file.Outline.Code.Count(c => c == '{') == file.Outline.Code.Count(c => c == '}'), $"braces of {file.Path} do not match"));
}
