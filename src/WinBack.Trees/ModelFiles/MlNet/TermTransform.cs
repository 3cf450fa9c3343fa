using WinBack.Trees.Inputs;

namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>"TERMTRNF": a value becomes the key of its term in a vocabulary.</summary>
internal sealed class TermTransform : OneToOneTransform
{
    private readonly Vocabulary[] _vocabularies;

    public TermTransform(ModelKey key, MlNetArchive archive, string directory)
        : base(key)
    {
        key.Body.Take(ColumnCount);
        key.Body.ExpectEnd();
        var terms = archive.Open(directory + "/Vocabulary");
        if (terms.Signature != "TERM MAN")
        {
            throw terms.Unsupported();
        }

        _vocabularies = new Vocabulary[terms.Body.Count("vocabularies", 1)];
        for (int v = 0; v < _vocabularies.Length; v++)
        {
            _vocabularies[v] = terms.Body.Byte() == 0 ? ReadTexts(terms) : ReadNumbers(terms);
        }

        terms.Body.ExpectEnd();
        if (_vocabularies.Length != ColumnCount)
        {
            throw terms.Fault($"{_vocabularies.Length} vocabularies for {ColumnCount} columns.");
        }
    }

    protected override PipelineColumn Make(int index, PipelineColumn source, InputCollector inputs)
    {
        string name = source switch
        {
            PipelineColumn.Input input => input.Name,
            PipelineColumn.Slots { Values: [{ Lookup: < 0, Steps.Count: 0 } slot] } => inputs.NameOf(slot.Column),
            _ => throw Key.Fault("Terms of computed columns are not supported."),
        };
        int lookup = inputs.Lookup(name, _vocabularies[index], Key.Fault);
        return new PipelineColumn.Key(lookup, name, _vocabularies[index]);
    }

    private static Vocabulary ReadTexts(ModelKey key)
    {
        var terms = new string[key.Body.Count("terms", sizeof(int))];
        for (int i = 0; i < terms.Length; i++)
        {
            terms[i] = key.Name();
        }

        return new Vocabulary(terms);
    }

    private static Vocabulary ReadNumbers(ModelKey key)
    {
        string codec = MlNetCodec.ReadName(key);
        Func<float> read = codec switch
        {
            "Single" => key.Body.Single,
            "Double" => () => (float)key.Body.Double(),
            "Int32" => () => key.Body.Int32(),
            "UInt32" => () => (uint)key.Body.Int32(),
            "Boolean" => () => key.Body.Byte(),
            _ => throw new ModelFormatException(key.Path, $"Terms of type '{codec}' are not supported.", "Use text or float columns."),
        };
        var terms = new float[key.Body.Count("terms", 1)];
        for (int i = 0; i < terms.Length; i++)
        {
            terms[i] = read();
        }

        return new Vocabulary(terms);
    }
}
