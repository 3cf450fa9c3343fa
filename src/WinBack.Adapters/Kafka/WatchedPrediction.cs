namespace WinBack.Adapters.Kafka;

/// <summary>A prediction whose customer's activity is looked for.</summary>
/// <param name="Day">UTC, of the decision.</param>
/// <param name="TimeMs">Of the decision.</param>
/// <param name="FirstActivityMs">Event time of the first activity since; <see cref="long.MaxValue"/> for none.</param>
internal readonly record struct WatchedPrediction(DateOnly Day, long TimeMs, long FirstActivityMs);
