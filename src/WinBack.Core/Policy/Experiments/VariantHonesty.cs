using WinBack.Core.Policy.Offers;
using WinBack.Core.Policy.Sequences;

namespace WinBack.Core.Policy.Experiments;

/// <summary>
/// Whether offers are still honest with those of a variant in their place: no opener, no stacking, dates that are named twice
/// (rules S2, S5, S6). Asked of the playbook as the variant's customers live through it, by the checks of the playbook itself;
/// what it breaks without the variant is told there.
/// </summary>
internal static class VariantHonesty
{
    internal static void Check(string path, VariantConfig variant, PlaybookConfig playbook, FieldChecks check)
    {
        if (variant.Offers.Count == 0) return;
        PlaybookError[] before = ErrorsOf(playbook);
        PlaybookConfig lived = playbook.With(
            [.. playbook.Actions.Select(a => variant.Offers.TryGetValue(a.Name, out OfferConfig? offer) ? a.With(offer) : a)]);
        foreach (PlaybookError error in ErrorsOf(lived).Except(before))
            check.Add(path + ".offers", $"breaks {error.Path}: {error.Problem}", error.Fix, error.Rule);
    }

    /// <summary>Names of features are checked elsewhere: what is said of them here is the same before and after.</summary>
    private static PlaybookError[] ErrorsOf(PlaybookConfig playbook)
    {
        var check = new FieldChecks([]);
        new SequenceValidator(playbook, check).Validate();
        new OfferValidator(playbook, check).Validate();
        new UnreachableActions(playbook, check).Check();
        return [.. check.Errors];
    }
}
