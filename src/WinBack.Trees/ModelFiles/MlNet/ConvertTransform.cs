namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>"CONVERTF": type conversions. To float and double nothing changes here, where every number is a float.</summary>
internal sealed class ConvertTransform : OneToOneTransform
{
    private const byte Single = 9;
    private const byte Double = 10;
    private const byte Text = 11;
    private const byte KeyFlag = 0x80;

    private readonly byte[] _kinds;

    public ConvertTransform(ModelKey key)
        : base(key)
    {
        _kinds = new byte[ColumnCount];
        for (int c = 0; c < _kinds.Length; c++)
        {
            _kinds[c] = key.Body.Byte();
            if ((_kinds[c] & KeyFlag) != 0)
            {
                key.Body.Int64();
            }
        }

        key.Body.ExpectEnd();
    }

    protected override PipelineColumn Make(int index, PipelineColumn source, InputCollector inputs) => (_kinds[index], source) switch
    {
        (Single or Double, not PipelineColumn.Key) => new PipelineColumn.Slots(ConcatTransform.SlotsOf(source, Key, inputs)),
        (Text, PipelineColumn.Input) => source,
        _ => throw Key.Fault($"A conversion to kind {_kinds[index]} is not supported."),
    };
}
