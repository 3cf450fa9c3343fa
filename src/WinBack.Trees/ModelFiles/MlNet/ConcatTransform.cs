using WinBack.Trees.Inputs;

namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>"CONCAT F": columns side by side, in source order, vectors expanded.</summary>
internal sealed class ConcatTransform : MlNetTransform
{
    private readonly Dictionary<string, string[]> _sources = new(StringComparer.Ordinal);

    public ConcatTransform(ModelKey key)
        : base(key)
    {
        int columns = key.Body.Count("columns", 2 * sizeof(int));
        for (int c = 0; c < columns; c++)
        {
            string output = key.Name();
            var sources = new string[key.Body.Count("sources", 2 * sizeof(int))];
            for (int s = 0; s < sources.Length; s++)
            {
                sources[s] = key.Name();
                key.NameOrNull();
            }

            _sources[output] = sources;
        }

        key.Body.ExpectEnd();
    }

    public override bool Makes(string column) => _sources.ContainsKey(column);

    public override PipelineColumn Make(string column, Func<string, PipelineColumn> before, InputCollector inputs)
    {
        var slots = new List<SlotSource>();
        foreach (string source in _sources[column])
        {
            slots.AddRange(SlotsOf(before(source), Key, inputs));
            if (slots.Count > MlNetPipeline.MaxSlots)
            {
                throw Key.Fault($"More than {MlNetPipeline.MaxSlots} features.");
            }
        }

        return new PipelineColumn.Slots(slots);
    }

    /// <summary>A column as numbers. An input is one number here.</summary>
    public static IReadOnlyList<SlotSource> SlotsOf(PipelineColumn column, ModelKey key, InputCollector inputs) => column switch
    {
        PipelineColumn.Slots slots => slots.Values,
        PipelineColumn.Input input => [inputs.Number(input.Name, key.Fault)],
        _ => throw key.Fault("A key column is used as a number; only one-hot slots of keys are supported."),
    };
}
