namespace WinBack.Core.Policy.Sequences;

/// <summary>The step that an action belongs to.</summary>
/// <param name="Index">Place of the step in the sequence, from 0.</param>
public sealed record StepPlace(TouchSequenceModel Sequence, int Index)
{
    public StepModel Step => Sequence.Steps[Index];
}
