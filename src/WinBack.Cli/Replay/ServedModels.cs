using WinBack.Adapters.Models;
using WinBack.Core.Decisions;
using WinBack.Core.Features;
using WinBack.Trees.ModelFiles;

namespace WinBack.Cli.Replay;

/// <summary>Loads the two models as the service does.</summary>
internal static class ServedModels
{
    /// <param name="folder">Holds a model folder each for churn and winback.</param>
    /// <exception cref="BadInputException">A model is missing, damaged, or made for other features.</exception>
    internal static Scorer Load(string folder, string argument)
    {
        try
        {
            return ModelFolder.LoadScorer(folder, FeatureSchema.Default);
        }
        catch (ModelFormatException unfit)
        {
            throw new BadInputException($"{argument} {folder}: {unfit.Message}", unfit);
        }
    }
}
