namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>One transform of a pipeline: which columns it makes, and from what.</summary>
internal abstract class MlNetTransform(ModelKey key)
{
    public ModelKey Key { get; } = key;

    /// <summary>Whether the column of this name is (or, for unknown transforms, may be) made here.</summary>
    public abstract bool Makes(string column);

    /// <summary>Describes a column that it makes.</summary>
    /// <param name="column">A name for which <see cref="Makes"/> is true.</param>
    /// <param name="before">Gives a column as it was before this transform.</param>
    /// <param name="inputs">Collects the input columns and look-ups.</param>
    /// <exception cref="ModelFormatException">It cannot be described.</exception>
    public abstract PipelineColumn Make(string column, Func<string, PipelineColumn> before, InputCollector inputs);
}
