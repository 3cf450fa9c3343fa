using WinBack.Load.Arguments;
using WinBack.Load.Runs;

namespace WinBack.Load.Scenarios;

/// <summary>One load that the tool can put on.</summary>
internal abstract class LoadScenario
{
    /// <summary>The word on the command line.</summary>
    internal abstract string Name { get; }

    /// <summary>One line for the list.</summary>
    internal abstract string Summary { get; }

    internal abstract LoadDefaults Defaults { get; }

    internal abstract Task RunAsync(LoadPlan plan, LoadReport report, CancellationToken stop);
}
