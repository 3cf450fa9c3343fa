namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>What the header of a component says of it.</summary>
/// <param name="Signature">Eight characters.</param>
/// <param name="Version">Of the body, as written.</param>
/// <param name="ReadableVersion">The oldest reader that understands it.</param>
/// <param name="Loader">The name by which ML.NET finds the class.</param>
/// <param name="OldLoader">An earlier name of it.</param>
/// <param name="Assembly">The assembly that holds it, without its version.</param>
internal sealed record MlNetComponent(
    string Signature, int Version, int ReadableVersion, string Loader, string OldLoader = "", string Assembly = "Microsoft.ML.Data")
{
    public static readonly MlNetComponent Chain = new("XF CHAIN", 0x10001, 0x10001, "TransformerChain");
    public static readonly MlNetComponent Concat = new("CONCAT F", 0x10003, 0x10003, "ConcatTransform", "ConcatFunction");
    public static readonly MlNetComponent ReplaceMissing =
        new("NAREP TF", 0x10002, 0x10002, "NAReplaceTransform", "", "Microsoft.ML.Transforms");
    public static readonly MlNetComponent Normalizer = new("NORMALZR", 0x10002, 0x10001, "Normalizer");
    public static readonly MlNetComponent Affine = new("AFF NORM", 0x10003, 0x10003, "AffineNormExec");
    public static readonly MlNetComponent Term = new("TERMTRNF", 0x10003, 0x10003, "TermTransform");
    public static readonly MlNetComponent Terms = new("TERM MAN", 0x10002, 0x10002, "TermManager");
    public static readonly MlNetComponent KeyToVector = new("KEY2VECT", 0x10002, 0x10001, "KeyToVectorTransform");
    public static readonly MlNetComponent BinaryPrediction = new("BIN PRED", 0x10001, 0x10001, "BinaryPredXfer");
    public static readonly MlNetComponent RegressionPrediction = new("REG PRED", 0x10001, 0x10001, "RegressionPredXfer");
    public static readonly MlNetComponent RankingPrediction = new("RANKPRED", 0x10001, 0x10001, "RankingPredXfer");
    public static readonly MlNetComponent Calibrated = new("FTWTCALP", 0x10001, 0x10001, "FeatWCaliPredExec");
    public static readonly MlNetComponent Platt = new("PLATTCAL", 0x10001, 0x10001, "PlattCaliExec");
    public static readonly MlNetComponent Isotonic = new("PAV  CAL", 0x10001, 0x10001, "PAVCaliExec");
    public static readonly MlNetComponent Ranges = new("NAIVECAL", 0x10001, 0x10001, "NaiveCaliExec");
}
