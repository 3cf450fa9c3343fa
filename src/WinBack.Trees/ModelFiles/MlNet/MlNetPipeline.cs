using WinBack.Trees.Inputs;

namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>The transforms of an archive in order, and the way back from a column to the input.</summary>
internal sealed class MlNetPipeline
{
    /// <summary>Bound on features and on slots anywhere on the way.</summary>
    public const int MaxSlots = 1 << 18;

    private const int MaxChainDepth = 16;
    private const int MaxTransforms = 10_000;

    /// <summary>Columns looked up while following back; more means a file made to explode.</summary>
    private const int MaxLookups = 100_000;

    /// <summary>Flag 4 of a chain entry: used when scoring.</summary>
    private const int ScoringScope = 4;

    private readonly MlNetArchive _archive;
    private readonly List<(ModelKey Key, string Directory)> _steps = [];
    private int _lookups;

    public MlNetPipeline(MlNetArchive archive, string chainDirectory)
    {
        _archive = archive;
        Flatten(archive.Open(chainDirectory), chainDirectory, MaxChainDepth);
    }

    /// <summary>Leaf components in order of application, chains unrolled.</summary>
    public IReadOnlyList<(ModelKey Key, string Directory)> Steps => _steps;

    /// <summary>Describes how the feature vector comes from input columns.</summary>
    /// <param name="column">The predictor's feature column.</param>
    /// <param name="predictor">Index of the predictor among <see cref="Steps"/>.</param>
    /// <param name="featureCount">Length that the trees expect.</param>
    /// <exception cref="ModelFormatException">A transform on the way is not supported, or the lengths differ.</exception>
    public InputMap MapTo(string column, int predictor, int featureCount)
    {
        var transforms = _steps.Take(predictor).Select(Parse).ToArray();
        var inputs = new InputCollector();
        var key = _steps[predictor].Key;
        var found = Follow(column, transforms.Length);
        if (found is PipelineColumn.Input input)
        {
            // The program that trained had the vector ready made; its parts are numbered.
            return inputs.ToMap(Enumerable.Range(0, featureCount).Select(i => inputs.Number($"{input.Name}.{i}", key.Fault)).ToArray());
        }

        var slots = ConcatTransform.SlotsOf(found, key, inputs);
        return slots.Count == featureCount
            ? inputs.ToMap(slots)
            : throw key.Fault($"The pipeline makes {slots.Count} features, the trees take {featureCount} (input vectors are not supported inside).");

        PipelineColumn Follow(string name, int before)
        {
            if (++_lookups > MaxLookups)
            {
                throw key.Fault($"More than {MaxLookups} columns on the way to the features.");
            }

            int maker = before - 1;
            while (maker >= 0 && !transforms[maker].Makes(name))
            {
                maker--;
            }

            return maker < 0
                ? new PipelineColumn.Input(name)
                : transforms[maker].Make(name, source => Follow(source, maker), inputs);
        }
    }

    private void Flatten(ModelKey key, string directory, int depthLeft)
    {
        if (depthLeft == 0 || _steps.Count > MaxTransforms)
        {
            throw key.Fault("Transforms are nested too deeply or too many.");
        }

        if (key.Signature != "XF CHAIN")
        {
            _steps.Add((key, directory));
            return;
        }

        int[] scopes = key.Body.Int32s(key.Body.Count("transforms", sizeof(int)));
        key.Body.ExpectEnd();
        for (int i = 0; i < scopes.Length; i++)
        {
            if ((scopes[i] & ScoringScope) != 0)
            {
                string child = $"{directory}/Transform_{i:000}";
                Flatten(_archive.Open(child), child, depthLeft - 1);
            }
        }
    }

    private MlNetTransform Parse((ModelKey Key, string Directory) step) => step.Key.Signature switch
    {
        "CONCAT F" => new ConcatTransform(step.Key),
        "COPYCOLT" => new CopyTransform(step.Key),
        "CONVERTF" => new ConvertTransform(step.Key),
        "NORMALZR" => new NormalizeTransform(step.Key, _archive, step.Directory),
        "TERMTRNF" => new TermTransform(step.Key, _archive, step.Directory),
        "KEY2VECT" => new KeyToVectorTransform(step.Key),
        "NAREP TF" => new ReplaceMissingTransform(step.Key),
        _ => new UnknownTransform(step.Key, _archive.OpenAll(step.Directory).SelectMany(inner => inner.Strings)),
    };
}
