using WinBack.Trees.ModelFiles;

namespace WinBack.Cli.Training;

/// <summary>Opens a model that an option names.</summary>
internal static class ModelArgument
{
    /// <exception cref="BadInputException">There is no whole model.</exception>
    internal static TreeModel Open(string path, string argument)
    {
        try
        {
            return ModelReader.Open(path);
        }
        catch (ModelFormatException broken)
        {
            throw new BadInputException($"{argument}: {broken.Message}", broken);
        }
    }

    /// <summary>The trees alone, over columns of numbers; what a model brings to prepare its inputs moves into them.</summary>
    /// <exception cref="BadInputException">It wants text columns.</exception>
    internal static TreeModel OverColumns(TreeModel model, string argument)
    {
        try
        {
            return model.OverColumns();
        }
        catch (ConversionException inexpressible)
        {
            throw new BadInputException($"{argument}: {inexpressible.Message}", inexpressible);
        }
    }
}
