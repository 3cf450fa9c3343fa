using WinBack.Core.Features;
using WinBack.Core.Models;
using WinBack.Testing.Models;
using WinBack.Trees.Ensemble;
using WinBack.Trees.ModelFiles;

namespace WinBack.Tests.Models;

public sealed class ModelAcceptanceTests
{
    private static readonly StumpModel Good = new("churn");

    [Fact]
    public void Accepts_AWholeModel() => Assert.Equal("churn", Open(Good.Package()).Manifest!.Card.Name);

    [Theory]
    [InlineData("churn")]
    [InlineData("winback")]
    public void Accepts_TheShippedModels(string name) => Assert.NotNull(
        ModelAcceptance.Open(ModelDirectory.Read(RepositoryFiles.Path("models", name)), name, FeatureSchema.Default));

    [Fact]
    public void Rejects_WrongHash()
    {
        ModelPackage package = Good.Package();
        byte[] binary = [.. package.Binary];
        binary[^20] ^= 1;
        Refused("SHA-256", StumpModel.WithBinary(package, binary, isHashMended: false));
    }

    [Fact]
    public void Rejects_OtherSchema() => Refused("schema-2", (Good with { SchemaHash = "schema-2" }).Package());

    [Fact]
    public void Rejects_NaNLeaf() => Refused("not a finite number", StumpModel.WithNaNLeaf(Good.Package(), Good.LowScore));

    [Fact]
    public void Rejects_GoldenRowsThatFail() => Refused("Row 3", StumpModel.WithWrongGoldenRow(Good.Package()));

    [Fact]
    public void Rejects_AnotherModel() => Refused("'winback', not 'churn'", (Good with { Name = "winback" }).Package());

    [Fact]
    public void Rejects_UnknownFeatures_AllOfThem() =>
        Refused("horoscope, shoe_size", (Good with { Features = ["purchases_lifetime", "horoscope", "shoe_size"] }).Package());

    [Fact]
    public void Rejects_ScoresThatAreNoProbabilities() => Refused("no probability", (Good with { Link = new IdentityLink() }).Package());

    [Fact]
    public void Rejects_HistogramOfNoFeature()
    {
        ReferenceHistogram histogram = ReferenceHistogram.Of("shoe_size", [1, 2]);
        Refused("shoe_size", (Good with { FeatureHistograms = [histogram] }).Package());
    }

    [Fact]
    public void Rejects_BrokenHistogram()
    {
        ReferenceHistogram broken = ReferenceHistogram.Of(ReferenceHistogram.Prediction, [0.1f, 0.2f]) with { Edges = [0.2, 0.1] };
        Refused("prediction", (Good with { PredictionHistogram = broken }).Package());
    }

    [Fact]
    public void Rejects_ManifestOfAnotherVersion() => Refused("0123456789ab", (Good with { Version = "0123456789ab" }).Package());

    [Theory]
    [InlineData("")]
    [InlineData("Churn")]
    [InlineData("churn model")]
    [InlineData("2nd")]
    public void Rejects_NamesThatAreNone(string name)
    {
        ModelPackage package = (Good with { Name = name }).Package();
        var e = Assert.Throws<ModelFormatException>(() => ModelAcceptance.Open(package, name, FeatureSchema.Default));
        Assert.Contains("a letter first", e.Message, StringComparison.Ordinal);
    }

    private static TreeModel Open(ModelPackage package) => ModelAcceptance.Open(package, "churn", FeatureSchema.Default);

    private static void Refused(string words, ModelPackage package) =>
        Assert.Contains(words, Assert.Throws<ModelFormatException>(() => Open(package)).Message, StringComparison.Ordinal);
}
