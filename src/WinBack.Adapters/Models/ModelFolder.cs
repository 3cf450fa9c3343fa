using WinBack.Core.Decisions;
using WinBack.Core.Features;
using WinBack.Core.Models;
using WinBack.Trees.ModelFiles;

namespace WinBack.Adapters.Models;

/// <summary>A folder with a model folder for each model that decisions ask: the service's start, replay and doctor read it alike.</summary>
public static class ModelFolder
{
    /// <summary>Loads the model folder of that name or, where there is none, the ML.NET archive NAME.zip.</summary>
    /// <param name="folder">Holds the models.</param>
    /// <param name="name">One of <see cref="ServedNames"/>.</param>
    /// <param name="schema">The features that the model may ask for, by name.</param>
    /// <exception cref="ModelFormatException">The model is missing or refused; the message says why, and the fix.</exception>
    public static TreeModel Load(string folder, string name, FeatureSchema schema)
    {
        string own = Path.Combine(folder, name);
        string archive = own + ".zip";
        ModelPackage package = !Directory.Exists(own) && File.Exists(archive)
            ? ForeignPackage.Read(archive, name, schema.Hash)
            : ModelDirectory.Read(own);
        return ModelAcceptance.Open(package, name, schema);
    }

    /// <exception cref="ModelFormatException">A model is missing or refused; the message says why, and the fix.</exception>
    public static Scorer LoadScorer(string folder, FeatureSchema schema) => new(
        Load(folder, ServedNames.Churn, schema), Load(folder, ServedNames.WinBack, schema), schema);
}
