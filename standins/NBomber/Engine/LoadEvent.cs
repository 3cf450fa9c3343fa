namespace NBomber.Engine;

/// <param name="At">Since the start of the load.</param>
internal readonly record struct LoadEvent(TimeSpan At, LoadEventKind Kind);
