using WinBack.Core.Caps;
using WinBack.Core.Experiments;
using WinBack.Core.Policy;

namespace WinBack.Core.Decisions;

/// <summary>
/// The last gate before places are taken. A customer of the holdout has come as far as everybody else, is asked of the caps
/// as a preview asks, and stops here: nothing is reserved or counted, and what it would have got is noted, the ghost
/// (rules E2). Transactional messages are owed and pass.
/// </summary>
/// <remarks>
/// The caps are those that were read with the state, not those at the moment of reserving: a held-out customer takes no
/// places, so nobody competes for them.
/// </remarks>
internal static class GhostGate
{
    internal static PolicyReview Pass(PolicyReview review, PolicyContext c, CapLedger caps, out ExperimentNotes notes)
    {
        notes = c.Playbook.Experiments.IsEmpty
            ? ExperimentNotes.None
            : new ExperimentNotes(c.Draw.Assignments, c.Playbook.Experiments.Stages, Ghost: null);
        if (c.Draw.HeldOutBy is not { } holdout) return review;
        Candidate[] marketing = [.. review.Ranking.Where(candidate => !candidate.IsTransactional)];
        var denials = new List<CapDenial>();
        // Looked at ahead of their time, on a copy: the ledger itself stays as it was read.
        caps = caps.Copy();
        int ghost = caps.FirstAllowed(marketing, caps.Advance(c.AsOf), denials);
        if (ghost >= 0) notes = notes with { Ghost = GhostOf(marketing[ghost]) };
        List<Rejection> rejections = [.. review.Rejections];
        // Time brings nothing here, so these rejections name no instant.
        foreach (CapDenial denial in denials) rejections.Add(CapWords.Rejection(marketing, denial) with { EligibleTime = null });
        string observed = $"held out, 1 in {Words.Number(1 / holdout.Probability)} customers";
        for (int i = ghost < 0 ? marketing.Length : ghost; i < marketing.Length; i++)
            rejections.Add(new Rejection(
                marketing[i].Action, marketing[i].Channel, EligibilityStage.Holdout, "E2", observed, "not in the holdout", EligibleTime: null));
        return review with { Ranking = [.. review.Ranking.Where(candidate => candidate.IsTransactional)], Rejections = rejections };
    }

    private static Ghost GhostOf(Candidate candidate) =>
        new(candidate.Action, candidate.Channel, candidate.Offer, candidate.Content, candidate.ExpectedValueMicros);
}
