using System.Text;
using WinBack.Core.Events;
using WinBack.Core.State;

namespace WinBack.Tests.Oracles;

/// <summary>All of a state in words, read without the codec.</summary>
internal static class StateText
{
    internal static string Of(CustomerState state, bool withRecentIds = true)
    {
        var text = new StringBuilder($"erased {state.IsErased}\n");
        foreach (Instant instant in Enum.GetValues<Instant>())
            if (state.Instants[instant] is { } timeMs) text.Append($"{instant} {timeMs}\n");
        Append(text, "lifetime", state.Lifetime);
        foreach (TileRing ring in (TileRing[])[state.Hours, state.Days, state.Weeks])
            foreach (Tile tile in ring) Append(text, $"{ring.SpanMs} {tile.Index}", tile);
        foreach (ref readonly FactRegister fact in state.Facts.Registers) text.Append($"{fact}\n");
        foreach (ref readonly FeatureUse use in state.FeatureUses.Uses) text.Append($"{use}\n");
        if (withRecentIds) AppendRecent(text, state);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string name, in Tile tile)
    {
        text.Append(name);
        foreach (TileCounter counter in Enum.GetValues<TileCounter>())
            if (tile[counter] != 0) text.Append($" {counter}={tile[counter]}");
        text.Append('\n');
    }

    private static void AppendRecent(StringBuilder text, CustomerState state)
    {
        foreach (EventStream stream in EventStreams.All)
        {
            if (state.Recent(stream) is not { } recent) continue;
            text.Append($"{stream} latest {recent.LatestIngestMs} floor {recent.FloorMs}");
            for (int i = 0; i < recent.Count; i++) text.Append($" {recent.Times[i]}:{recent.Hashes[i]:x}");
            text.Append('\n');
        }
    }
}
