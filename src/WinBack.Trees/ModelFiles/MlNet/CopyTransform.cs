namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>"COPYCOLT": another name for a column.</summary>
internal sealed class CopyTransform : OneToOneTransform
{
    public CopyTransform(ModelKey key)
        : base(key)
    {
        key.Body.ExpectEnd();
    }

    protected override PipelineColumn Make(int index, PipelineColumn source, InputCollector inputs) => source;
}
