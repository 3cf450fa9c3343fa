using WinBack.Core.Models;

namespace WinBack.Core.Experiments;

/// <summary>
/// How experiments move. Each rule is a function from a catalogue to the next one, so that a compare-and-set can try it again
/// on what it finds; what somebody else has moved meanwhile is left alone.
/// </summary>
public static class ExperimentMoves
{
    /// <summary>Does what a verdict says, if the experiment still is where it was judged.</summary>
    /// <param name="judged">The stage that the verdict is about.</param>
    public static ExperimentStep Follow(ExperimentCatalogue catalogue, ExperimentStage judged, GateVerdict verdict, ChangeNote note)
    {
        ExperimentStage now = catalogue.Find(judged.Experiment) ?? judged;
        if (now != judged || now.Status != ExperimentStatus.Running) return new ExperimentStep(catalogue, null);
        note = note with { Reason = verdict.Detail };
        return verdict.Move switch
        {
            GateMove.Widen => Change(
                catalogue, judged, judged with { Percent = GateSteps.After(judged.Percent) }, ExperimentChange.Widen, note),
            GateMove.SwitchOff => Change(catalogue, judged, Off(judged), ExperimentChange.SwitchOff, note),
            GateMove.Mismatch => Change(catalogue, judged, Off(judged), ExperimentChange.Mismatch, note),
            _ => new ExperimentStep(catalogue, null),
        };
    }

    /// <summary>Nobody is assigned any more. There is no going on: a new salt makes a new experiment.</summary>
    /// <param name="start">Where the playbook starts it.</param>
    public static ExperimentStep Stop(ExperimentCatalogue catalogue, ExperimentStage start, ChangeNote note)
    {
        ExperimentStage now = catalogue.Find(start.Experiment) ?? start;
        return now.Status == ExperimentStatus.Stopped
            ? new ExperimentStep(catalogue, null)
            : Change(catalogue, now, Off(now), ExperimentChange.Stop, note);
    }

    /// <summary>Sets a gate by hand; one that is off goes on again.</summary>
    /// <param name="percent">1 to 100.</param>
    public static ExperimentStep SetGate(ExperimentCatalogue catalogue, ExperimentStage start, int percent, ChangeNote note)
    {
        ExperimentStage now = catalogue.Find(start.Experiment) ?? start;
        ExperimentStage next = now with { Status = ExperimentStatus.Running, Percent = percent };
        return now == next ? new ExperimentStep(catalogue, null) : Change(catalogue, now, next, ExperimentChange.SetGate, note);
    }

    private static ExperimentStage Off(ExperimentStage stage) => stage with { Status = ExperimentStatus.Stopped, Percent = 0 };

    private static ExperimentStep Change(
        ExperimentCatalogue catalogue, ExperimentStage from, ExperimentStage to, ExperimentChange change, ChangeNote note)
    {
        IEnumerable<ExperimentStage> others = catalogue.Stages.Where(s => s.Experiment != to.Experiment);
        var next = new ExperimentCatalogue(
            catalogue.Revision + 1, [.. others.TakeLast(ExperimentCatalogue.MaxStages - 1), to]);
        return new ExperimentStep(next, new ExperimentAuditEntry(
            next.Revision, note.Time, note.By, change, to.Experiment, from.Percent, to.Percent, note.Reason));
    }
}
