namespace WinBack.Cli.EventFiles;

/// <summary>What one reading of an event file tells before it is replayed.</summary>
/// <param name="Sha256">Of the file as it lies on disk; lower-case hex.</param>
/// <param name="First">Earliest event time (UTC); null when the file is empty.</param>
/// <param name="Last">Latest event time.</param>
/// <param name="IsInOrder">Whether no event is earlier than the one before it.</param>
internal sealed record EventFileSurvey(
    string Path, string Sha256, long Events, DateTimeOffset? First, DateTimeOffset? Last, bool IsInOrder)
{
    /// <exception cref="BadInputException">The file cannot be read, or holds something that is no event.</exception>
    internal static EventFileSurvey Of(string path, string argument)
    {
        DateTimeOffset? first = null, last = null, previous = null;
        bool isInOrder = true;
        long events = 0;
        using EventFileReader reader = EventFileReader.Open(path, argument);
        while (reader.TryRead(out V1.CustomerEvent e))
        {
            events++;
            if (e.EventTime is null) continue;
            DateTimeOffset time = e.EventTime.ToDateTimeOffset();
            if (first is null || time < first) first = time;
            if (last is null || time > last) last = time;
            isInOrder &= previous is null || time >= previous;
            previous = time;
        }

        return new EventFileSurvey(path, InputFile.Sha256Of(path), events, first, last, isInOrder);
    }

    /// <summary>
    /// The events by event time; those of one instant in the order of the file. A file in that order is streamed, any
    /// other is held in memory.
    /// </summary>
    internal IEnumerable<V1.CustomerEvent> ReadInOrder()
    {
        using EventFileReader reader = EventFileReader.Open(Path, "--events");
        IEnumerable<V1.CustomerEvent> events = reader.ReadAll();
        if (!IsInOrder) events = events.OrderBy(e => e.EventTime?.ToDateTimeOffset() ?? DateTimeOffset.MinValue);
        foreach (V1.CustomerEvent e in events) yield return e;
    }
}
