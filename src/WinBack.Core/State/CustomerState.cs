using WinBack.Core.Events;

namespace WinBack.Core.State;

/// <summary>
/// Everything that is kept of one customer: integers only, and a function of the set of events folded (see
/// <see cref="CustomerFold"/>). Mutable, owned by one thread at a time; readers of a shared state decode their own.
/// </summary>
public sealed class CustomerState
{
    private readonly RecentIds?[] _recent = new RecentIds?[EventStreams.Count];

    /// <summary>True when the customer asked to be forgotten. Nothing else is kept then, and no event is folded again.</summary>
    public bool IsErased { get; internal set; }

    public InstantSet Instants { get; } = new();

    /// <summary>Tiles of an hour; reach 48 hours.</summary>
    public TileRing Hours { get; } = new(TimeSpan.FromHours(1), 48);

    /// <summary>Tiles of a UTC day; reach 36 days.</summary>
    public TileRing Days { get; } = new(TimeSpan.FromDays(1), 36);

    /// <summary>Tiles of seven days from Thursdays, as 1970-01-01 was one; reach 54 weeks.</summary>
    public TileRing Weeks { get; } = new(TimeSpan.FromDays(7), 54);

    /// <summary>Counters over the customer's whole life.</summary>
    public Tile Lifetime
    {
        get
        {
            foreach (Tile tile in LifetimeRing) return tile;
            return default;
        }
    }

    /// <summary>One tile for all time.</summary>
    internal TileRing LifetimeRing { get; } = new(TimeSpan.MaxValue, 1);

    public FactSet Facts { get; } = new();

    public FeatureUseSet FeatureUses { get; } = new();

    /// <summary>True when no event was folded.</summary>
    public bool IsEmpty => !IsErased && Instants.Mask == 0;

    /// <summary>Null when the stream had no record yet.</summary>
    public RecentIds? Recent(EventStream stream) => _recent[(int)stream] is { IsEmpty: false } recent ? recent : null;

    internal RecentIds RecentOrNew(EventStream stream) => _recent[(int)stream] ??= new RecentIds();

    /// <summary>
    /// Leaves only the tombstone. It is final: were later events kept, the state would depend on whether they were read
    /// before or after the erasure, and a replay could resurrect what was to be forgotten.
    /// </summary>
    internal void Erase()
    {
        Clear();
        IsErased = true;
    }

    /// <summary>Becomes the state without any event, for another customer's to be read into; memory is kept for it.</summary>
    internal void Clear()
    {
        IsErased = false;
        Instants.Clear();
        Hours.Clear();
        Days.Clear();
        Weeks.Clear();
        LifetimeRing.Clear();
        Facts.Clear();
        FeatureUses.Clear();
        foreach (RecentIds? recent in _recent) recent?.Clear();
    }

    internal void Count(TileCounter counter, long amount, long timeMs)
    {
        long newestMs = Instants[Instant.LastEvent]!.Value;
        LifetimeRing.Add(timeMs, newestMs, counter, amount);
        Hours.Add(timeMs, newestMs, counter, amount);
        Days.Add(timeMs, newestMs, counter, amount);
        Weeks.Add(timeMs, newestMs, counter, amount);
    }

    internal void Touch(long timeMs)
    {
        Instants.Earliest(Instant.FirstEvent, timeMs);
        if (Instants[Instant.LastEvent] >= timeMs) return;
        Instants.Latest(Instant.LastEvent, timeMs);
        Hours.Trim(timeMs);
        Days.Trim(timeMs);
        Weeks.Trim(timeMs);
    }
}
