using WinBack.Core.State;

namespace WinBack.Testing.Oracles;

/// <summary>One thing that one event does to the state of its customer.</summary>
internal abstract record NaiveEffect
{
    /// <param name="IsFirst">The earliest counts; else the latest does.</param>
    internal sealed record Moment(Instant Instant, bool IsFirst = false) : NaiveEffect;

    internal sealed record Amount(TileCounter Counter, long Value) : NaiveEffect;

    internal sealed record Known(Fact Fact, long Number, string? Text = null) : NaiveEffect;

    internal sealed record Use(string Feature, long Uses) : NaiveEffect;
}
