using WinBack.Trees.Inputs;

namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>What a column of an ML.NET pipeline holds once its makers have been followed back to the input.</summary>
internal abstract record PipelineColumn
{
    /// <summary>A column from outside; its use decides whether it is text or a number.</summary>
    public sealed record Input(string Name) : PipelineColumn;

    /// <summary>Numbers, one per slot.</summary>
    public sealed record Slots(IReadOnlyList<SlotSource> Values) : PipelineColumn;

    /// <summary>The key of a term.</summary>
    public sealed record Key(int Lookup, string InputName, Vocabulary Vocabulary) : PipelineColumn;
}
