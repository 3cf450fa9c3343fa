using WinBack.Adapters;
using WinBack.Core.Models;
using WinBack.Trees.ModelFiles;

namespace WinBack.Service.Serving;

/// <summary>What the manifests of versions say of labels, each opened once: versions never change. Used by one loop only.</summary>
internal sealed class LabelRules(PastVersions versions)
{
    private readonly Dictionary<(string Model, string Version), LabelFacts> _known = [];

    /// <summary>Of a version that is not to be had any more nothing is known.</summary>
    /// <exception cref="StoreUnavailableException">Redis is away.</exception>
    internal async Task<LabelFacts> OfAsync(string model, string version, CancellationToken stop)
    {
        if (_known.TryGetValue((model, version), out LabelFacts? facts)) return facts;
        ModelCard? card = (await versions.ModelAsync(model, version, stop))?.Manifest?.Card;
        facts = card is null
            ? LabelFacts.None
            : new LabelFacts(LabelRule.Of(model, card.TrainingParameters), CalibrationDrift.ReferenceErrorOf(card.Metrics));
        return _known[(model, version)] = facts;
    }

    /// <summary>Forgets what nobody asks for any more.</summary>
    internal void KeepOnly(IReadOnlySet<(string Model, string Version)> wanted)
    {
        foreach ((string Model, string Version) key in _known.Keys.Where(key => !wanted.Contains(key)).ToArray()) _known.Remove(key);
    }
}
