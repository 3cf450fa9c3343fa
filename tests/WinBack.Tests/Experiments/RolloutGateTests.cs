using WinBack.Core.Experiments;
using WinBack.Core.Models;

namespace WinBack.Tests.Experiments;

/// <summary>Gates over simulated months: judged every day, as the service judges them.</summary>
public sealed class RolloutGateTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly MetricModel Metric = new(SuccessKind.Returned, TimeSpan.FromDays(7), 0.05, 0.02, 500);
    private static readonly ExperimentDesign Gated = new("offer/s1", [("control", 0.5), ("new", 0.5)], "control", true, Metric);
    private static readonly ExperimentStage First = new("offer/s1", ExperimentStatus.Running, GateSteps.First);

    [Fact]
    [Trait("Rule", "E3")]
    public void Winner_WidensStepByStepToAll()
    {
        ExperimentCatalogue catalogue = Run(
            control: 0.10, treated: 0.14, days: 120, customersPerDay: 4_000, seed: 1, out List<ExperimentAuditEntry> trail);
        Assert.Equal([(1, 5), (5, 25), (25, 100)], trail.Select(e => (e.From, e.To)));
        Assert.All(trail, e => Assert.Equal(ExperimentChange.Widen, e.Change));
        Assert.All(trail, e => Assert.Contains("difference +0.0", e.Reason, StringComparison.Ordinal));
        Assert.Equal(new ExperimentStage("offer/s1", ExperimentStatus.Running, 100), Assert.Single(catalogue.Stages));
    }

    [Fact]
    [Trait("Rule", "E3")]
    public void Loser_GoesOffByItself()
    {
        ExperimentCatalogue catalogue = Run(
            control: 0.10, treated: 0.03, days: 120, customersPerDay: 4_000, seed: 2, out List<ExperimentAuditEntry> trail);
        Assert.Equal((ExperimentChange.SwitchOff, 0), (trail[^1].Change, trail[^1].To));
        Assert.StartsWith("the treatment loses: difference -0.0", trail[^1].Reason, StringComparison.Ordinal);
        Assert.Equal(ExperimentStatus.Stopped, Assert.Single(catalogue.Stages).Status);
    }

    /// <summary>What does neither harm nor good may come to a quarter of the customers; everybody gets only what has won.</summary>
    [Fact]
    [Trait("Rule", "E3")]
    public void NoEffect_IsNotForEverybody()
    {
        int wide = 0;
        for (int seed = 10; seed < 20; seed++)
        {
            Run(control: 0.10, treated: 0.10, days: 80, customersPerDay: 2_000, seed, out List<ExperimentAuditEntry> trail);
            if (trail.Exists(e => e.To == GateSteps.Last)) wide++;
        }

        // At alpha 0.05 one in forty gates by chance.
        Assert.InRange(wide, 0, 1);
    }

    [Fact]
    [Trait("Rule", "E3")]
    public void Mismatch_StopsTheExperiment()
    {
        var plain = new ExperimentDesign("subject/s1", [("control", 0.5), ("question", 0.5)], "control", false, Metric);
        ExposureCell[] cells = [new(Day(0), 100, "control", 1_200, 0), new(Day(0), 100, "question", 900, 0)];
        ExperimentReading reading = ExperimentReading.Of(plain, cells, 100, Start.AddDays(1));
        GateVerdict verdict = GateVerdict.Of(plain, reading, 100);
        Assert.Equal(GateMove.Mismatch, verdict.Move);
        var stage = new ExperimentStage("subject/s1", ExperimentStatus.Running, 100);
        ExperimentStep step = ExperimentMoves.Follow(ExperimentCatalogue.Empty, stage, verdict, Note());
        Assert.Equal((ExperimentChange.Mismatch, ExperimentStatus.Stopped), (step.Entry!.Change, step.Next.Stages[0].Status));
        Assert.StartsWith("sample-ratio mismatch: control 1200, question 900", step.Entry.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_ComparesOnlyCustomersWhoseTimeIsOver()
    {
        ExposureCell[] cells =
        [
            new(Day(0), 5, "control", 950, 95), new(Day(0), 5, "new", 50, 10),
            new(Day(3), 5, "control", 950, 1), new(Day(3), 5, "new", 50, 50),
        ];
        // The last moment of day 0 is over; 7 days after it is over, too, on day 8.
        ExperimentReading early = ExperimentReading.Of(Gated, cells, 5, Start.AddDays(8).AddSeconds(-1));
        Assert.Equal((100, 0), (early.Variants[1].Exposures, early.Variants[1].Matured));
        ExperimentReading reading = ExperimentReading.Of(Gated, cells, 5, Start.AddDays(8));
        Assert.Equal((100, 50, 10, 50), (
            reading.Variants[1].Exposures, reading.Variants[1].Matured, reading.Variants[1].Successes, reading.MaturedAtStep));
        Assert.Equal(0.1, reading.Variants[1].Difference.Estimate, 0.02);
    }

    [Fact]
    [Trait("Rule", "E3")]
    public void Follow_MovedMeanwhile_ChangesNothing()
    {
        ExperimentStep byHand = ExperimentMoves.SetGate(ExperimentCatalogue.Empty, First, 25, Note());
        ExperimentStep late = ExperimentMoves.Follow(byHand.Next, First, new GateVerdict(GateMove.SwitchOff, "late"), Note());
        Assert.Null(late.Entry);
        Assert.Same(byHand.Next, late.Next);
    }

    [Fact]
    [Trait("Rule", "E3")]
    public void Stop_AndSetGate_AreAudited()
    {
        ExperimentStep stopped = ExperimentMoves.Stop(ExperimentCatalogue.Empty, First, Note());
        Assert.Equal((ExperimentChange.Stop, 1, 0, "anna"), (stopped.Entry!.Change, stopped.Entry.From, stopped.Entry.To, stopped.Entry.By));
        Assert.Null(ExperimentMoves.Stop(stopped.Next, First, Note()).Entry);
        ExperimentStep again = ExperimentMoves.SetGate(stopped.Next, First, 5, Note());
        Assert.Equal((2, 0, 5), (again.Entry!.Revision, again.Entry.From, again.Entry.To));
        Assert.Equal(ExperimentStatus.Running, Assert.Single(again.Next.Stages).Status);
    }

    private static ExperimentCatalogue Run(
        double control, double treated, int days, int customersPerDay, int seed, out List<ExperimentAuditEntry> trail)
    {
        var random = new Random(seed);
        var cells = new List<ExposureCell>();
        ExperimentCatalogue catalogue = ExperimentCatalogue.Empty;
        trail = [];
        for (int day = 0; day < days; day++)
        {
            ExperimentStage stage = catalogue.Find(First.Experiment) ?? First;
            if (stage.Status == ExperimentStatus.Stopped || stage.Percent == GateSteps.Last) break;
            int inTreatment = Hits(random, customersPerDay, stage.Percent / 100.0);
            int others = customersPerDay - inTreatment;
            cells.Add(new ExposureCell(Day(day), stage.Percent, "new", inTreatment, Hits(random, inTreatment, treated)));
            cells.Add(new ExposureCell(Day(day), stage.Percent, "control", others, Hits(random, others, control)));
            ExperimentReading reading = ExperimentReading.Of(Gated, cells, stage.Percent, Start.AddDays(day));
            ExperimentStep step = ExperimentMoves.Follow(catalogue, stage, GateVerdict.Of(Gated, reading, stage.Percent), Note());
            catalogue = step.Next;
            if (step.Entry is { } entry) trail.Add(entry);
        }

        return catalogue;
    }

    private static int Hits(Random random, int trials, double probability)
    {
        int hits = 0;
        for (int i = 0; i < trials; i++)
            if (random.NextDouble() < probability) hits++;
        return hits;
    }

    private static DateOnly Day(int day) => DateOnly.FromDateTime(Start.UtcDateTime).AddDays(day);

    private static ChangeNote Note() => new("anna", Start, "why");
}
