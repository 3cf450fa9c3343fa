namespace WinBack.Load.Scenarios;

/// <summary>What <c>--list</c> shows; a test holds that no scenario is missing.</summary>
internal static class AllScenarios
{
    internal static readonly IReadOnlyList<LoadScenario> List =
    [
        new DecideScenario(), new HotScenario(), new BatchScenario(), new StreamScenario(), new MixScenario(), new IngestScenario(),
        new DayScenario(), new OptOutScenario(), new SoakScenario(), new VisibleScenario(), new FoldScenario(), new MemoryScenario(),
        new H2LoadScenario(),
    ];
}
