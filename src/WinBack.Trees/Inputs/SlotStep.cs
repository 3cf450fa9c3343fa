namespace WinBack.Trees.Inputs;

/// <summary>One change of a slot's value on its way to the trees.</summary>
/// <param name="ReplacesMissing">True: NaN becomes <paramref name="First"/>. False: (x - First) * Second.</param>
/// <param name="First">The replacement, or the offset.</param>
/// <param name="Second">The scale; unused when replacing.</param>
internal readonly record struct SlotStep(bool ReplacesMissing, float First, float Second)
{
    public float Apply(float value) => ReplacesMissing
        ? float.IsNaN(value) ? First : value
        : (value - First) * Second;
}
