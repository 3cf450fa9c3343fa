using WinBack.Trees.Inputs;

namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>"NORMALZR" with affine normalizers: (x - offset) * scale, per slot.</summary>
internal sealed class NormalizeTransform : OneToOneTransform
{
    private readonly (float[] Offsets, float[] Scales)?[] _affine;
    private readonly ModelKey[] _normalizers;

    public NormalizeTransform(ModelKey key, MlNetArchive archive, string directory)
        : base(key)
    {
        _affine = new (float[], float[])?[ColumnCount];
        _normalizers = new ModelKey[ColumnCount];
        for (int c = 0; c < ColumnCount; c++)
        {
            bool isVector = key.Body.Byte() != 0;
            key.Body.Byte();
            if (isVector)
            {
                key.Body.Int32s(key.Body.Count("dimensions", sizeof(int)));
            }

            _normalizers[c] = archive.Open($"{directory}/Normalizer_{c:000}");
            _affine[c] = _normalizers[c].Signature == "AFF NORM" ? ReadAffine(_normalizers[c]) : null;
        }

        key.Body.ExpectEnd();
    }

    protected override PipelineColumn Make(int index, PipelineColumn source, InputCollector inputs)
    {
        var (offsets, scales) = _affine[index] ?? throw _normalizers[index].Unsupported();
        return WithSteps(source, inputs, (slot, slots) => slots == scales.Length
            ? new SlotStep(ReplacesMissing: false, offsets.Length == 0 ? 0 : offsets[slot], scales[slot])
            : throw Key.Fault($"A normalizer of {scales.Length} slots for a column of {slots}."));
    }

    private static (float[] Offsets, float[] Scales) ReadAffine(ModelKey key)
    {
        MlNetTreeReader.ExpectFloatSize(key);
        var body = key.Body;
        int size = body.Int32();
        int morphs = body.Int32();
        if (morphs != -1)
        {
            throw new ModelFormatException(key.Path, "A sparse affine normalizer is not supported.", "Normalise the columns one by one.");
        }

        float[] scales = body.Singles(body.Count("scales", sizeof(float)));
        float[] offsets = body.Singles(body.Count("offsets", sizeof(float)));
        body.ExpectEnd();
        return scales.Length == size && (offsets.Length == 0 || offsets.Length == size)
            ? (offsets, scales)
            : throw key.Fault($"{scales.Length} scales and {offsets.Length} offsets for {size} slots.");
    }
}
