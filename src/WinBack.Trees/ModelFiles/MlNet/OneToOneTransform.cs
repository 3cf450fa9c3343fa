using WinBack.Trees.Inputs;

namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>Transforms that make each of their columns from one other column.</summary>
internal abstract class OneToOneTransform : MlNetTransform
{
    private readonly (string Output, string Source)[] _columns;

    protected OneToOneTransform(ModelKey key)
        : base(key)
    {
        _columns = new (string, string)[key.Body.Count("columns", 2 * sizeof(int))];
        for (int c = 0; c < _columns.Length; c++)
        {
            _columns[c] = (key.Name(), key.Name());
        }
    }

    protected int ColumnCount => _columns.Length;

    public override bool Makes(string column) => Array.Exists(_columns, pair => pair.Output == column);

    public override PipelineColumn Make(string column, Func<string, PipelineColumn> before, InputCollector inputs)
    {
        int index = Array.FindIndex(_columns, pair => pair.Output == column);
        var made = Make(index, before(_columns[index].Source), inputs);

        // A single number takes the new column's name; slots of vectors keep the names they have.
        return made is PipelineColumn.Slots { Values: [var only] } && only.Lookup < 0
            ? new PipelineColumn.Slots([only with { Name = column }])
            : made;
    }

    protected abstract PipelineColumn Make(int index, PipelineColumn source, InputCollector inputs);

    protected PipelineColumn.Slots WithSteps(PipelineColumn source, InputCollector inputs, Func<int, int, SlotStep> step)
    {
        var slots = ConcatTransform.SlotsOf(source, Key, inputs);
        return new PipelineColumn.Slots(slots
            .Select((slot, i) => slot with { Steps = [.. slot.Steps, step(i, slots.Count)] })
            .ToArray());
    }
}
