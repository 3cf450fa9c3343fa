namespace WinBack.Cli.Training.Report;

/// <summary>One feature's bar in a chart.</summary>
internal readonly record struct FeatureBar(string Feature, double Value);
