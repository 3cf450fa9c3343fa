namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>A transform this program does not know.</summary>
/// <remarks>
/// It does no harm as long as no column that the trees need is named anywhere in it or below it; otherwise the model is
/// refused with the transform's signature.
/// </remarks>
internal sealed class UnknownTransform(ModelKey key, IEnumerable<string> namesInside) : MlNetTransform(key)
{
    private readonly HashSet<string> _names = new(namesInside, StringComparer.Ordinal);

    public override bool Makes(string column) => _names.Contains(column);

    public override PipelineColumn Make(string column, Func<string, PipelineColumn> before, InputCollector inputs) =>
        throw Key.Unsupported();
}
