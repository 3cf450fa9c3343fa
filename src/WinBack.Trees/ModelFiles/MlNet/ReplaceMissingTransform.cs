using WinBack.Trees.Inputs;

namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>"NAREP TF": NaN becomes a constant, one for the column or one per slot.</summary>
internal sealed class ReplaceMissingTransform : OneToOneTransform
{
    private readonly (float[] Values, bool IsVector)[] _replacements;

    public ReplaceMissingTransform(ModelKey key)
        : base(key)
    {
        _replacements = new (float[], bool)[ColumnCount];
        for (int c = 0; c < ColumnCount; c++)
        {
            _replacements[c] = MlNetCodec.ReadSingles(key);
        }

        key.Body.ExpectEnd();
    }

    protected override PipelineColumn Make(int index, PipelineColumn source, InputCollector inputs)
    {
        var (values, isVector) = _replacements[index];
        return WithSteps(source, inputs, (slot, slots) => !isVector || values.Length == slots
            ? new SlotStep(ReplacesMissing: true, values[isVector ? slot : 0], 0)
            : throw Key.Fault($"{values.Length} replacements for a column of {slots} slots."));
    }
}
