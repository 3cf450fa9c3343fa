namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>Tree predictors that can be written, in their newest version.</summary>
internal static class MlNetTreePredictors
{
    private const string FastTreeAssembly = "Microsoft.ML.FastTree";
    private const string LightGbmAssembly = "Microsoft.ML.LightGbm";

    private static readonly MlNetComponent[] All =
    [
        new("FTREE BC", 0x10005, 0x10005, "FastTreeBinaryExec", "", FastTreeAssembly),
        new("FTREE RE", 0x10005, 0x10004, "FastTreeRegressionExec", "", FastTreeAssembly),
        new("FTREE RA", 0x10005, 0x10004, "FastTreeRankerExec", "", FastTreeAssembly),
        new("FTREE TW", 0x10003, 0x10002, "FastTreeTweedieExec", "", FastTreeAssembly),
        new("LGBBINCL", 0x10005, 0x10004, "LightGBMBinaryExec", "", LightGbmAssembly),
        new("LGBSIREG", 0x10005, 0x10004, "LightGBMRegressionExec", "", LightGbmAssembly),
        new("LGBMRANK", 0x10005, 0x10004, "LightGBMRankerExec", "", LightGbmAssembly),
    ];

    /// <returns>Null for a signature that is not written.</returns>
    public static MlNetComponent? FindOrNull(string signature) => Array.Find(All, known => known.Signature == signature);

    public static MlNetComponent Find(string signature) =>
        FindOrNull(signature) ?? throw new ArgumentException($"'{signature}' is no tree predictor that can be written.", nameof(signature));
}
