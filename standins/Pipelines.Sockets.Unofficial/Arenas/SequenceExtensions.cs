namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>Copies sequences into arrays and spans, item by item through a projection.</summary>
public static class SequenceExtensions
{
    /// <summary>A new array of the projected items.</summary>
    public static TTo[] ToArray<TFrom, TTo>(this in Sequence<TFrom> source, Projection<TFrom, TTo> projection)
    {
        if (source.IsEmpty)
        {
            return [];
        }

        var result = new TTo[source.Length];
        CopyTo(source, result, projection);
        return result;
    }

    /// <summary>A new array of the items projected with <paramref name="state"/>.</summary>
    public static TTo[] ToArray<TFrom, TState, TTo>(
        this in Sequence<TFrom> source, Projection<TFrom, TState, TTo> projection, in TState state)
    {
        if (source.IsEmpty)
        {
            return [];
        }

        ReadOnlySpan<TFrom> items = source.FirstSpan;
        var result = new TTo[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            result[i] = projection(in items[i], in state);
        }

        return result;
    }

    /// <summary>Writes the projected items to the front of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public static void CopyTo<TFrom, TTo>(
        this in Sequence<TFrom> source, Span<TTo> destination, Projection<TFrom, TTo> projection)
    {
        ReadOnlySpan<TFrom> items = source.FirstSpan;
        if (destination.Length < items.Length)
        {
            throw new ArgumentException(
                $"The destination holds {destination.Length} items, the sequence has {items.Length}.", nameof(destination));
        }

        for (int i = 0; i < items.Length; i++)
        {
            destination[i] = projection(in items[i]);
        }
    }
}
