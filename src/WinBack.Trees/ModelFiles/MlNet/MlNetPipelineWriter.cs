using WinBack.Trees.Inputs;

namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>Writes the transforms that make the feature vector: terms to one-hot slots, concatenation, then steps on the vector.</summary>
internal sealed class MlNetPipelineWriter
{
    public const string Features = "Features";

    private readonly TreeModel _model;
    private readonly IReadOnlyList<SlotSource> _slots;
    private readonly List<Dictionary<string, byte[]>> _transforms = [];

    private MlNetPipelineWriter(TreeModel model)
    {
        _model = model;
        _slots = model.Inputs?.Slots ?? model.FeatureNames.Select((name, f) => new SlotSource(name, f, -1, 0, [])).ToArray();
    }

    /// <returns>For each transform its files by their path within it.</returns>
    /// <exception cref="ConversionException">Slots that no such pipeline makes.</exception>
    public static IReadOnlyList<IReadOnlyDictionary<string, byte[]>> Write(TreeModel model)
    {
        var writer = new MlNetPipelineWriter(model);
        writer.AddTerms();
        writer.AddConcat();
        writer._transforms.AddRange(MlNetStepWriter.Write(writer._slots));
        return writer._transforms;
    }

    private string OneHotName(int lookup) => $"{_model.Columns[_model.Inputs!.Lookups[lookup].Column].Name}_oh{lookup}";

    private void AddTerms()
    {
        var lookups = _model.Inputs?.Lookups ?? [];
        if (lookups.Count == 0)
        {
            return;
        }

        var term = new ModelKeyWriter(MlNetComponent.Term);
        var terms = new ModelKeyWriter(MlNetComponent.Terms);
        var toVector = new ModelKeyWriter(MlNetComponent.KeyToVector);
        System.Array.ForEach([term.Body, terms.Body, toVector.Body], body => body.Write(lookups.Count));
        for (int l = 0; l < lookups.Count; l++)
        {
            term.Name(OneHotName(l));
            term.Name(_model.Columns[lookups[l].Column].Name);
            toVector.Name(OneHotName(l));
            toVector.Name(OneHotName(l));
            WriteTerms(terms, lookups[l].Vocabulary);
        }

        // One flag a column: text values for keys are kept (term), and a vector of keys is not counted up (key to vector).
        term.Body.Write(Enumerable.Repeat((byte)1, lookups.Count).ToArray());
        toVector.Body.Write(new byte[lookups.Count]);
        _transforms.Add(new() { ["Model.key"] = term.ToArray(), ["Vocabulary/Model.key"] = terms.ToArray() });
        _transforms.Add(new() { ["Model.key"] = toVector.ToArray() });
    }

    private static void WriteTerms(ModelKeyWriter key, Vocabulary vocabulary)
    {
        key.Body.Write((byte)(vocabulary.IsText ? 0 : 1));
        if (!vocabulary.IsText)
        {
            MlNetCodec.Write(key.Body, "Single", []);
            key.Array(vocabulary.Numbers.ToArray());
            return;
        }

        key.Body.Write(vocabulary.Names.Count);
        foreach (string term in vocabulary.Names)
        {
            key.Name(term);
        }
    }

    private void AddConcat()
    {
        var sources = new List<string>();
        for (int s = 0; s < _slots.Count; s++)
        {
            var slot = _slots[s];
            if (slot.Lookup < 0)
            {
                sources.Add(_model.Columns[slot.Column].Name);
                continue;
            }

            int count = _model.Inputs!.Lookups[slot.Lookup].Vocabulary.Names.Count;
            bool isWhole = count > 0 && s + count <= _slots.Count
                && Enumerable.Range(0, count).All(i => _slots[s + i].Lookup == slot.Lookup && _slots[s + i].Key == i + 1);
            sources.Add(isWhole
                ? OneHotName(slot.Lookup)
                : throw new ConversionException(
                    MlNetBodyBuilder.Target, $"the one-hot slots around '{slot.Name}' are not those of a whole vocabulary"));
            s += count - 1;
        }

        var key = new ModelKeyWriter(MlNetComponent.Concat);
        key.Body.Write(1);
        key.Name(Features);
        key.Body.Write(sources.Count);
        foreach (string source in sources)
        {
            key.Name(source);
            key.Name(null);
        }

        _transforms.Add(new() { ["Model.key"] = key.ToArray() });
    }
}
