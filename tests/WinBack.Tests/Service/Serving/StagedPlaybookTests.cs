using WinBack.Core.Experiments;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Experiments;
using WinBack.Service.Serving;
using WinBack.Tests.Policy;
using WinBack.Tests.Policy.Experiments;

namespace WinBack.Tests.Service.Serving;

public sealed class StagedPlaybookTests
{
    private static readonly ExperimentStage Wide = new("subject/s1", ExperimentStatus.Running, 25);

    [Fact]
    [Trait("Rule", "E3")]
    public void StagesAndPlaybooks_InAnyOrder_ServeTogether()
    {
        var live = new Live<PlaybookModel>();
        var staged = new StagedPlaybook(live);
        staged.SetStages([Wide]);
        staged.Swap(TestPlaybook.Model(TestExperiments.With(TestExperiments.Subject())));
        Assert.Equal(Wide, Assert.Single(live.Current.Experiments.Experiments).Stage);
        staged.SetStages([Wide with { Percent = 100 }]);
        Assert.Equal(100, live.Current.Experiments.Experiments[0].Stage.Percent);
        staged.Swap(TestPlaybook.Model(TestPlaybook.Config()));
        Assert.Empty(live.Current.Experiments.Experiments);
    }

    /// <summary>A gate that was at 25 % must not begin anew because Redis cannot be asked.</summary>
    [Fact]
    [Trait("Rule", "E3")]
    public void StagesUnknown_NoExperimentRuns()
    {
        var live = new Live<PlaybookModel>();
        var staged = new StagedPlaybook(live);
        staged.SetStages(null);
        staged.Swap(TestPlaybook.Model(TestExperiments.With(TestExperiments.Subject())));
        ExperimentModel experiment = Assert.Single(live.Current.Experiments.Experiments);
        Assert.False(experiment.RunsAt(CustomerHistory.Now));
        staged.SetStages([]);
        Assert.True(live.Current.Experiments.Experiments[0].RunsAt(CustomerHistory.Now));
    }
}
