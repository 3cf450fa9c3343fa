using WinBack.Trees.Inputs;

namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>"KEY2VECT": a key becomes one-hot slots; the key 0 of unknown terms leaves all at 0.</summary>
internal sealed class KeyToVectorTransform : OneToOneTransform
{
    public KeyToVectorTransform(ModelKey key)
        : base(key)
    {
        // One "bag" flag per column: it only matters for vectors of keys.
        key.Body.Take(ColumnCount);
        key.Body.ExpectEnd();
    }

    protected override PipelineColumn Make(int index, PipelineColumn source, InputCollector inputs)
    {
        if (source is not PipelineColumn.Key key)
        {
            throw Key.Fault("One-hot slots are only supported for terms of one column.");
        }

        return new PipelineColumn.Slots(key.Vocabulary.Names
            .Select((term, i) => new SlotSource($"{key.InputName}.{term}", -1, key.Lookup, i + 1, []))
            .ToArray());
    }
}
