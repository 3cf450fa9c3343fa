using WinBack.Core.Policy.Capacities;

namespace WinBack.Adapters.Redis;

/// <summary>What is known of a capacity that has too few units left.</summary>
/// <param name="Units">So many at once were asked for in vain.</param>
/// <param name="Returns">What comes back by itself, ascending by time, until there are so many.</param>
internal sealed record CapacityWait(long Units, IReadOnlyList<CapacityReturn> Returns);
