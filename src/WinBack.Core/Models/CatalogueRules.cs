namespace WinBack.Core.Models;

/// <summary>
/// How versions come to decide: pushed, tried in the shadow, tried on a growing share of the customers, promoted, rolled
/// back. Each rule is a function from a catalogue to the next one, so that a compare-and-set can try it again on what it finds.
/// </summary>
public static class CatalogueRules
{
    /// <summary>The same package again changes nothing; the same version with other bytes is refused.</summary>
    public static CatalogueStep Push(ModelCatalogue catalogue, string name, ModelVersion version, ChangeNote note)
    {
        ModelRecord model = catalogue.Find(name) ?? ModelRecord.Empty(name);
        if (model.Find(version.Version) is { } known)
        {
            return known.Sha256 == version.Sha256 ? CatalogueStep.Nothing(catalogue) : CatalogueStep.Refuse(
                catalogue, CatalogueFault.VersionTaken,
                $"{name} {version.Version} was pushed on {known.PushTime:u} by {known.PushedBy} with another manifest or other golden rows; "
                + "versions do not change: train again for a new one");
        }

        if (model.Versions.Count == ModelRecord.MaxVersions)
        {
            return CatalogueStep.Refuse(
                catalogue, CatalogueFault.TooManyVersions, $"{name} has {ModelRecord.MaxVersions} versions; push under another name");
        }

        ModelRecord changed = model with { Versions = [.. model.Versions, version] };
        return CatalogueStep.Change(catalogue, changed, ModelChange.Push, "", version.Version, note);
    }

    /// <summary>Makes a version the champion. It is then no challenger and no canary any more.</summary>
    public static CatalogueStep Promote(ModelCatalogue catalogue, string name, string version, ChangeNote note)
    {
        if (Check(catalogue, name, version, out ModelRecord model) is { } refused) return refused;
        if (model.Champion == version) return CatalogueStep.Nothing(catalogue);
        ModelRecord changed = Crown(model, version) with
        {
            PastChampions = [.. model.PastChampions.Append(model.Champion).TakeLast(ModelRecord.MaxPastChampions)],
        };
        return CatalogueStep.Change(catalogue, changed, ModelChange.Promote, model.Champion, version, note);
    }

    /// <summary>Makes the champion before this one the champion again.</summary>
    /// <param name="to">When not null, the version that is expected to come back: a repeated call then goes back once only.</param>
    public static CatalogueStep Rollback(ModelCatalogue catalogue, string name, string? to, ChangeNote note)
    {
        if (catalogue.Find(name) is not { } model) return UnknownModel(catalogue, name);
        if (to is not null && model.Champion == to) return CatalogueStep.Nothing(catalogue);
        if (model.PastChampions.Count == 0)
            return CatalogueStep.Refuse(catalogue, CatalogueFault.NothingToRollBack, $"{name} has had no other champion");
        string before = model.PastChampions[^1];
        if (to is not null && before != to)
        {
            return CatalogueStep.Refuse(
                catalogue, CatalogueFault.NothingToRollBack, $"the champion before was {Shown(before)}; to go further back, promote {to}");
        }

        ModelRecord changed = Crown(model, before) with { PastChampions = [.. model.PastChampions.SkipLast(1)] };
        return CatalogueStep.Change(catalogue, changed, ModelChange.Rollback, model.Champion, before, note);
    }

    /// <summary>Makes a version the challenger.</summary>
    /// <param name="version">"" for none any more.</param>
    public static CatalogueStep Shadow(ModelCatalogue catalogue, string name, string version, ChangeNote note)
    {
        if (Check(catalogue, name, version, out ModelRecord model) is { } refused) return refused;
        if (version.Length > 0 && model.Champion == version) return IsChampion(catalogue, name, version);
        if (model.Challenger == version) return CatalogueStep.Nothing(catalogue);
        return CatalogueStep.Change(
            catalogue, model with { Challenger = version }, ModelChange.Shadow, model.Challenger, version, note);
    }

    /// <summary>Starts a rollout, moves it up one step or down any, or ends it.</summary>
    /// <param name="percent">One of <see cref="CanaryRollout.Steps"/>; 0 ends it.</param>
    public static CatalogueStep Canary(ModelCatalogue catalogue, string name, string version, int percent, ChangeNote note)
    {
        if (percent == 0) return EndCanary(catalogue, name, version, ModelChange.Canary, note);
        if (Check(catalogue, name, version, out ModelRecord model) is { } refused) return refused;
        if (model.Champion == version) return IsChampion(catalogue, name, version);
        CanaryRollout? running = model.Canary?.Version == version ? model.Canary : null;
        if (running?.Percent == percent) return CatalogueStep.Nothing(catalogue);
        int most = CanaryRollout.StepAfter(running?.Percent ?? 0);
        if (!CanaryRollout.Steps.Contains(percent) || percent > most)
        {
            return CatalogueStep.Refuse(
                catalogue, CatalogueFault.CanaryStep,
                $"{name} {version} is at {running?.Percent ?? 0} %; a rollout goes {string.Join(" -> ", CanaryRollout.Steps)} %, so {most} is next");
        }

        string salt = running?.Salt ?? $"{name}/{version}/{catalogue.Revision + 1}";
        var rollout = new CanaryRollout(version, percent, salt);
        return CatalogueStep.Change(
            catalogue, model with { Canary = rollout }, ModelChange.Canary, Shown(model.Canary), Shown(rollout), note);
    }

    /// <summary>Ends a rollout that has gone wrong, unless it is another one by now.</summary>
    public static CatalogueStep RollCanaryBack(ModelCatalogue catalogue, string name, CanaryRollout failed, ChangeNote note) =>
        catalogue.Find(name)?.Canary?.Salt == failed.Salt
            ? EndCanary(catalogue, name, failed.Version, ModelChange.CanaryRollback, note)
            : CatalogueStep.Nothing(catalogue);

    private static CatalogueStep EndCanary(ModelCatalogue catalogue, string name, string version, ModelChange change, ChangeNote note)
    {
        if (catalogue.Find(name) is not { } model) return UnknownModel(catalogue, name);
        if (model.Canary is not { } running || (version.Length > 0 && running.Version != version))
            return CatalogueStep.Refuse(catalogue, CatalogueFault.NoCanary, $"{name} has no rollout{(version.Length > 0 ? " of " + version : "")}");
        return CatalogueStep.Change(catalogue, model with { Canary = null }, change, Shown(running), "", note);
    }

    private static ModelRecord Crown(ModelRecord model, string version) => model with
    {
        Champion = version,
        Challenger = model.Challenger == version ? "" : model.Challenger,
        Canary = model.Canary?.Version == version ? null : model.Canary,
    };

    /// <summary>Null when there is such a version; "" is one.</summary>
    private static CatalogueStep? Check(ModelCatalogue catalogue, string name, string version, out ModelRecord model)
    {
        model = catalogue.Find(name) ?? ModelRecord.Empty(name);
        if (model.Versions.Count == 0) return UnknownModel(catalogue, name);
        return version.Length == 0 || model.Find(version) is not null ? null : CatalogueStep.Refuse(
            catalogue, CatalogueFault.UnknownVersion, $"{name} has no version '{version}'; push it first");
    }

    private static CatalogueStep UnknownModel(ModelCatalogue catalogue, string name) => CatalogueStep.Refuse(
        catalogue, CatalogueFault.UnknownModel, $"nothing was pushed under the name '{name}'");

    private static CatalogueStep IsChampion(ModelCatalogue catalogue, string name, string version) => CatalogueStep.Refuse(
        catalogue, CatalogueFault.IsChampion, $"{name} {version} is the champion");

    private static string Shown(string version) => version.Length > 0 ? version : "the one of the model folder";

    private static string Shown(CanaryRollout? rollout) => rollout is null ? "" : $"{rollout.Version} at {rollout.Percent} %";
}
