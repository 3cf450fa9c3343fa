namespace WinBack.Core.Policy;

/// <summary>The validated shape of a sequence; see <see cref="SequenceConfig"/>.</summary>
public sealed record SequenceModel(int MaxTouches, TimeSpan Length, int DiscountFromTouch, TimeSpan Rest);
