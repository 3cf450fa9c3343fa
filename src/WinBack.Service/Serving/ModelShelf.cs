using WinBack.Adapters;
using WinBack.Adapters.Models;
using WinBack.Adapters.Redis;
using WinBack.Core.Features;
using WinBack.Core.Metrics;
using WinBack.Core.Models;
using WinBack.Trees.ModelFiles;

namespace WinBack.Service.Serving;

/// <summary>
/// The models that this node has opened, and those it has refused. Packages never change, so each is opened once: what
/// was refused is told once and not tried again.
/// </summary>
/// <param name="folder">With a model folder each for churn and winback.</param>
internal sealed class ModelShelf(ModelRegistry registry, string folder, FeatureSchema schema, ILogger<ModelShelf> log)
{
    private readonly Dictionary<(string Name, string Version), TreeModel> _opened = [];
    private readonly Dictionary<(string Name, string Version), string> _refused = [];
    private readonly Dictionary<string, TreeModel> _ofFolder = [];

    /// <summary>The model of the folder.</summary>
    /// <exception cref="ModelFormatException">It is missing or refused.</exception>
    internal TreeModel OfFolder(string name)
    {
        if (!_ofFolder.TryGetValue(name, out TreeModel? model)) _ofFolder[name] = model = ModelFolder.Load(folder, name, schema);
        return model;
    }

    internal bool IsOfFolder(string name, TreeModel model) => _ofFolder.GetValueOrDefault(name) == model;

    /// <summary>Null, with an error in the log the first time, when the model is refused.</summary>
    /// <exception cref="StoreUnavailableException">Redis is away: it is not known whether the model is good.</exception>
    internal async Task<TreeModel?> OpenAsync(string name, ModelVersion version, string alias, CancellationToken stop)
    {
        (string, string) key = (name, version.Version);
        if (_opened.TryGetValue(key, out TreeModel? model)) return model;
        if (_refused.ContainsKey(key)) return null;
        try
        {
            model = ModelAcceptance.Open(await registry.ReadPackageAsync(name, version, stop), name, schema);
            if (ModelVersion.Of(model.Manifest!.BinarySha256) is var found && found != version.Version)
                throw new RegistryException($"registry/{name}/{version.Version}: its trees are version {found}");
            log.ModelOpened(name, version.Version, alias);
            return _opened[key] = model;
        }
        catch (Exception e) when (e is ModelFormatException or RegistryException)
        {
            _refused.Add(key, e.Message);
            Instruments.ModelsRefused.Add(1, new KeyValuePair<string, object?>("winback.model", name));
            log.ModelRefused(name, version.Version, alias, e.Message);
            return null;
        }
    }

    /// <summary>Null when it is not refused.</summary>
    internal string? ProblemOf(string name, string version) => _refused.GetValueOrDefault((name, version));

    /// <summary>Forgets what is no longer asked for, so that a year of promotions does not stay in memory.</summary>
    internal void KeepOnly(IReadOnlySet<(string Name, string Version)> wanted)
    {
        foreach ((string Name, string Version) key in _opened.Keys.Where(key => !wanted.Contains(key)).ToArray()) _opened.Remove(key);
    }
}
